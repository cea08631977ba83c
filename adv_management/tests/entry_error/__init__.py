from . import test_classifying
from . import test_corrections
from . import test_privacy
from . import test_sources
