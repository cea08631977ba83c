"""Documents that keep a shipped control, and documents that do not: one case a control.

A group of controls has a file with a mixin of ``ControlCase`` whose methods
``case_<code>`` return a :class:`Case`; ``ALL_CASES`` lists the mixins.
"""

from .case import Case
from .documents import DocumentCases
from .goods import GoodsCases
from .parties import PartiesCases
from .prices import PriceCases
from .terms import TermsCases

ALL_CASES = (PriceCases, PartiesCases, TermsCases, GoodsCases, DocumentCases)

__all__ = ["ALL_CASES", "Case"]
