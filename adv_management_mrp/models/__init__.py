from . import adv_commitment
from . import adv_control_billing
