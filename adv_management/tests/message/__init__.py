from . import test_answers
from . import test_composing
from . import test_hours
from . import test_outcome
from . import test_rights
from . import test_sending
from . import test_words
from . import test_upgrade
