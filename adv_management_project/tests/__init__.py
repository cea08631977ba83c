from . import test_parked
from . import test_translations
