from . import table_sheet
from . import open_orders_sheet
