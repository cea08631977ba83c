from . import test_alert_rights
