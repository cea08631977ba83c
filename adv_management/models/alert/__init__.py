from . import adv_delay_alert
from . import adv_delay_alert_line
