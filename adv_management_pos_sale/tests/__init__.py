from . import test_tills
from . import test_translations
