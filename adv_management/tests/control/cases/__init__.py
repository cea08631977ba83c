"""Documents that keep a shipped control, and documents that do not: one case a control.

A group of controls has a file with a mixin of ``ControlCase`` whose methods
``case_<code>`` return a :class:`Case`; ``ALL_CASES`` lists the mixins.
"""

from .case import Case
from .documents import DocumentCases
from .goods import GoodsCases

ALL_CASES = (
    GoodsCases,
    DocumentCases,
)

__all__ = ["ALL_CASES", "Case"]
