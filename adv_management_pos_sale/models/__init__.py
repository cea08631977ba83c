from . import account_move
from . import adv_commitment
from . import pos_order
from . import sale_order
from . import sale_order_line
from . import stock_move
from . import stock_picking
