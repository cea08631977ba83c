from . import test_answers
from . import test_at_once
from . import test_open_orders
from . import test_order_page
from . import test_refusals
from . import test_visitors
from . import test_merged_customers
from . import test_fresh_links
