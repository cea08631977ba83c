from . import adv_commitment_promise
from . import adv_delay_alert_dismiss
from . import adv_delay_alert_note
from . import adv_delay_notice
