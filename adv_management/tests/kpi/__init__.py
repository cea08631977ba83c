from . import test_catalogue
from . import test_drill_down
from . import test_entry_error_rates
from . import test_evaluation
from . import test_rate_measures
from . import test_real_deliveries
from . import test_rights
