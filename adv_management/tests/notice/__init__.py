from . import test_auto
from . import test_cost
from . import test_dropping
from . import test_good_news
from . import test_rule
from . import test_telling
from . import test_wizard
from . import test_odd_moments
