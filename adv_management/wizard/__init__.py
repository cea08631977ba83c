from . import adv_commitment_promise
from . import adv_delay_alert_dismiss
from . import adv_delay_alert_note
from . import adv_delay_notice
from . import adv_floor_incident_declare
from . import adv_open_orders_send
