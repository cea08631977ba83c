from . import test_kit_invoices
from . import test_kits
from . import test_productions
from . import test_translations
