from . import adv_commitment_promise
