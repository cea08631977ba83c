from . import adv_commitment_promise
from . import adv_floor_incident_declare
