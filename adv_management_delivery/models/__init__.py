from . import adv_commitment
from . import delivery_carrier
