from . import test_access
from . import test_channel
from . import test_doors
from . import test_field_log
from . import test_first_confirmation
from . import test_readme
from . import test_settings
from . import test_translations
