from .frame import *
from .kpi import *
