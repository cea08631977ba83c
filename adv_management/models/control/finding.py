"""What a control says of a document, before anything is stored."""

from hashlib import sha256
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


class Verdict(NamedTuple):
    """What one control says of one document."""

    control: int
    document: int
    findings: tuple[Finding, ...] = ()
    error: str | None = None  # the control itself failed
    about: tuple = ()  # the customer, and the articles of the lines

    @property
    def state(self) -> str:
        """``passed``, ``failed`` or ``error``: nothing is known here of waivers."""
        if self.error:
            return ERROR
        return FAILED if self.findings else PASSED

    @property
    def fingerprint(self) -> str | None:
        """What a waiver covers: it falls when this changes.

        >>> one = Verdict(1, 7, (Finding(7, "Too dear", line=3, seen="12"),))
        >>> same = Verdict(1, 7, (Finding(7, "Trop cher", line=3, seen="12"),))
        >>> other = Verdict(1, 7, (Finding(7, "Too dear", line=3, seen="13"),))
        >>> one.fingerprint == same.fingerprint, one.fingerprint == other.fingerprint
        (True, False)
        >>> one.fingerprint == one._replace(about=(8,)).fingerprint
        False
        """
        if not self.findings:
            return None
        content = sorted(
            repr(
                (each.line, each.field, each.seen, each.expected, f"{each.amount:.2f}")
            )
            for each in self.findings
        )
        content.append(repr(self.about))
        return sha256("\n".join(content).encode()).hexdigest()

    @property
    def text(self) -> str:
        """All that was found, a line each."""
        return "\n".join(each.text for each in self.findings)

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
