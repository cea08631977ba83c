from . import test_tours
from . import test_explanation
from . import test_order_screen
