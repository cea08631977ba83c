from . import adv_delay_cause
from . import adv_commitment_todo
from . import adv_commitment_engine
from . import adv_commitment_promising
from . import adv_commitment_wording
from . import adv_commitment_explaining
from . import adv_commitment
from . import adv_commitment_revision
