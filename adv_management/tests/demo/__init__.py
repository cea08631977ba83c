from . import test_script
from . import test_story
