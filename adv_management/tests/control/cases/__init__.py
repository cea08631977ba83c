"""Documents that keep a shipped control, and documents that do not: one case a control.

A group of controls has a file with a mixin of ``ControlCase`` whose methods
``case_<code>`` return a :class:`Case`; ``ALL_CASES`` lists the mixins.
"""

from .case import Case
from .prices import PriceCases

ALL_CASES = (PriceCases,)

__all__ = ["ALL_CASES", "Case"]
