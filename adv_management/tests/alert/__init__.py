from . import test_alert_data
from . import test_alert_engine
from . import test_alert_handling
from . import test_alert_rights
from . import test_promise_realism
from . import test_many_alerts
