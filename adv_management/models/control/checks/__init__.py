from . import adv_control_check_articles
from . import adv_control_check_dates
from . import adv_control_check_agreements
from . import adv_control_check_duplicates
from . import adv_control_check_shipments
from . import adv_control_billing
from . import adv_control_check_invoices
from . import adv_control_check_returns
