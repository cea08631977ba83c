from . import test_demand
from . import test_floor_incidents
from . import test_instructions
from . import test_preparation
from . import test_release_notes
from . import test_release_silence
