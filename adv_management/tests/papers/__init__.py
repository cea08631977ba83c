from . import test_acknowledging
from . import test_automatic
from . import test_downloads
from . import test_measured
from . import test_open_lines
from . import test_reports
from . import test_schedules
from . import test_sheet
