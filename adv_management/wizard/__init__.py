from . import adv_commitment_promise
from . import adv_open_orders_send
from . import adv_delay_alert_dismiss
from . import adv_delay_alert_note
