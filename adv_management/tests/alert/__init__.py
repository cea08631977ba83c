from . import test_alert_engine
from . import test_alert_rights
