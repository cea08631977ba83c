from . import test_alert_engine
from . import test_alert_handling
from . import test_alert_rights
