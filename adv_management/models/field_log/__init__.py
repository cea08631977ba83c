from . import adv_field_log
from . import adv_watched_mixin
