from . import test_harness
from . import test_held_alert
from . import test_killed_engine
from . import test_killed_install
from . import test_many_at_once
from . import test_messages
from . import test_scheduled_actions
from . import test_silent_install
