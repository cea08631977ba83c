from . import adv_noting
from . import adv_order_confirmation
from . import adv_order_desk
