from . import customer_answer
from . import open_orders
from . import portal
