"""What a control says of a document, before anything is stored."""

from hashlib import sha256
from itertools import zip_longest
from typing import NamedTuple

PASSED, FAILED, WAIVED, ERROR = "passed", "failed", "waived", "error"
# From the lightest to the gravest: all else about gravity follows from here.
SEVERITIES = [
    ("info", "For information"),
    ("approval", "Needs approval"),
    ("blocking", "Blocking"),
]
ALL_SEVERITIES = tuple(severity for severity, _label in SEVERITIES)
STOPPING = ALL_SEVERITIES[1:]
_READ = 10  # findings that a text spells out


class Finding(NamedTuple):
    """One thing that is wrong on one document, as people and programs read it."""

    document: int  # id of the document
    text: str  # in the language of the environment
    line: int | None = None  # id of the line of the document's own kind
    field: str | None = None  # technical name of the field that holds the value
    seen: str = ""
    expected: str = ""
    amount: float = 0.0  # what it costs, in company currency
    fix: tuple[str, int] | None = None  # the record to open when it is another one
    covers: tuple[str, ...] = ()  # what is waived with it, if not its content

    @property
    def content(self) -> tuple:
        """What makes it the same finding, however it is worded."""
        values = self.seen or "", self.expected or "", f"{self.amount:.2f}"
        return self.line or None, self.field or None, *values


class Verdict(NamedTuple):
    """What one control says of one document."""

    control: int
    document: int
    findings: tuple[Finding, ...] = ()
    error: str | None = None  # the control itself failed
    about: tuple = ()  # by finding: the customer, and the article of the line

    @property
    def state(self) -> str:
        """``passed``, ``failed`` or ``error``: nothing is known here of waivers."""
        if self.error:
            return ERROR
        return FAILED if self.findings else PASSED

    @property
    def marks(self) -> list[str]:
        """What a waiver covers: it falls when anything is added, not when something of
        it has been put right.

        >>> one = Verdict(1, 7, (Finding(7, "Too dear", line=3, seen="12"),))
        >>> same = Verdict(1, 7, (Finding(7, "Trop cher", line=3, seen="12"),))
        >>> other = Verdict(1, 7, (Finding(7, "Too dear", line=3, seen="13"),))
        >>> one.marks == same.marks, one.marks == other.marks
        (True, False)
        >>> one.marks == one._replace(about=((8, 5),)).marks
        False
        >>> both = one._replace(findings=one.findings + other.findings)
        >>> set(one.marks) < set(both.marks)
        True
        """
        content = {
            repr((subject, part))
            for finding, subject in zip_longest(self.findings, self.about)
            for part in finding.covers or [finding.content]
        }
        return sorted(sha256(part.encode()).hexdigest()[:16] for part in content)

    @property
    def text(self) -> str:
        """What was found, a line each, as far as people read."""
        texts = [each.text for each in self.findings]
        if len(texts) > _READ + 1:
            texts[_READ:] = [f"… (+{len(texts) - _READ})"]
        return "\n".join(texts)

    @property
    def amount(self) -> float:
        """What it costs in all, in company currency."""
        return sum(each.amount for each in self.findings)


class Outcome(NamedTuple):
    """A verdict beside what people said of it."""

    verdict: Verdict
    state: str  # with waivers
    severity: str
    checkpoint: str
    name: str  # of the control, in the language of the findings

    @property
    def stops(self) -> bool:
        """Whether the document may not go on."""
        return self.state == FAILED and self.severity in STOPPING
