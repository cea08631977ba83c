from . import open_orders
