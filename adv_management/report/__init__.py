from . import adv_promise_report
from . import table_sheet
from . import open_orders_sheet
