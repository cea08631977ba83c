from . import adv_commitment
