from . import test_clock
from . import test_cuts
from . import test_examples
from . import test_increases
from . import test_promise_sources
from . import test_promised_lines
from . import test_returns
from . import test_statuses
