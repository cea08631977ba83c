from .browser import *
from .commitment import *
from .demo import *
from .frame import *
from .kpi import *
from .process import *
from .screens import *
from . import test_house
