from . import test_cost
from . import test_engine
from . import test_rights
