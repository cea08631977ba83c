from . import adv_order_confirmation
