from . import adv_demo
