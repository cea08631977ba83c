from . import test_gateway
from . import test_senders
from . import test_queue
from . import test_mailbox_rights
