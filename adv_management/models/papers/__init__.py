from . import res_company
from . import adv_open_orders
from . import adv_open_orders_schedule
from . import adv_order_confirmation
from . import adv_order_acknowledging
from . import adv_customer_message_listing
from . import adv_customer_message
from . import adv_customer_message_renewing
