from . import adv_commitment
from . import adv_control
from . import delivery_carrier
