from . import test_harness
from . import test_killed_engine
from . import test_waiting_users
