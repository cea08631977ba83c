from . import acknowledged_lines
from . import adv_demand_report
from . import adv_order_report
from . import adv_promise_report
from . import message_lines_sheet
from . import open_orders_sheet
from . import table_sheet
