from . import test_alert_tours
from . import test_arrears
from . import test_tours
from . import test_explanation
from . import test_order_screen
from . import test_checks
from . import test_evidence
from . import test_control_tours
