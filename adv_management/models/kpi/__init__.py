from . import adv_kpi_fact
from . import adv_kpi_nameless
from . import adv_commitment
from . import adv_delay_alert_line
from . import adv_entry_error
from . import adv_order_confirmation
from . import adv_kpi
