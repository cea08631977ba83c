from . import calendars
from . import hours
