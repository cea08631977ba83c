from . import adv_control_check_prices
from . import adv_control_check_quantities
from . import adv_control_check_totals
