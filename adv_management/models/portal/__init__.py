from . import adv_commitment
from . import adv_commitment_revision
from . import adv_customer_message
from . import adv_customer_answer_acting
from . import adv_customer_answer
from . import adv_order_portal
