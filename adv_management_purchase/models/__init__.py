from . import adv_commitment
from . import purchase_order
from . import purchase_order_line
