from . import order
from . import field_log
from . import commitment
from . import message
from . import portal
from . import kpi

from . import mail_mail
from . import product_product
from . import res_company
from . import res_config_settings
from . import res_partner
from . import resource_calendar
from . import sale_order
from . import sale_order_line
from . import stock_move
from . import stock_move_line
from . import stock_warehouse
