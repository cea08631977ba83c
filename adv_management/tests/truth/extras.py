"""What these tests need beside Odoo."""

from importlib.util import find_spec

HAS_HYPOTHESIS = bool(find_spec("hypothesis"))
