from . import test_cost
from . import test_engine
from . import test_prices
from . import test_quantities
from . import test_rights
