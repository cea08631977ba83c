from . import test_carriage
from . import test_carriers
from . import test_translations
from . import test_usual_carrier
