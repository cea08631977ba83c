from . import test_dropship
from . import test_parked
from . import test_purchases
from . import test_translations
