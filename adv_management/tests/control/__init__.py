from . import test_cost
from . import test_engine
from . import test_prices
from . import test_quantities
from . import test_every_control
from . import test_parties
from . import test_rights
from . import test_terms
