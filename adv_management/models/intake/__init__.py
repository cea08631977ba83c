from . import adv_order_mailbox_routing
from . import adv_order_mailbox_senders
from . import adv_order_mailbox
from . import adv_order_intake
