from . import adv_delivery_instructions
from . import adv_release_note
from . import adv_commitment_revision
from . import adv_floor_incident
