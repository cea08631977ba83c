from . import automatic_mail
from . import calendars
from . import hours
from . import open_lines
from . import received
from . import schedules
from . import spreadsheet
from . import working_hours
