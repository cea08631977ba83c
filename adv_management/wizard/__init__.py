from . import adv_commitment_promise
from . import adv_open_orders_send
