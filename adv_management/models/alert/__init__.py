from . import adv_commitment
from . import adv_delay_alert_engine
from . import adv_delay_alert_planning
from . import adv_delay_alert_handling
from . import adv_delay_alert_wording
from . import adv_delay_alert
from . import adv_delay_alert_line
