from . import adv_control_check_prices
from . import adv_control_check_quantities
from . import adv_control_check_totals
from . import adv_control_check_identity
from . import adv_control_check_public
from . import adv_control_check_parties
from . import adv_control_check_payment
from . import adv_control_check_terms
