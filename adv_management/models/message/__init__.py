from . import adv_customer_message_composing
from . import adv_customer_message_cron
from . import adv_customer_message_editing
from . import adv_customer_message_outcome
from . import adv_customer_message_sending

from . import adv_customer_message
from . import adv_customer_message_line
