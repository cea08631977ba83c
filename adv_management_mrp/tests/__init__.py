from . import test_kits
from . import test_productions
from . import test_translations
