"""What is asked of the figures, and what comes back."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from odoo.fields import Domain


@dataclass(frozen=True)
class Scope:
    """Which rows are asked for: a period of local dates, companies, a domain on the
    fact.
    """

    date_from: date
    date_to: date
    todays: dict[int, date]  # the local date of each company
    domain: Domain

    @property
    def today(self) -> date:
        """The date that every company has reached."""
        return min(self.todays.values())

    def ends(self, is_cohort: bool):
        """Yield the last day of the period and the companies it holds for."""
        companies_by_end = defaultdict(list)
        for company_id, today in self.todays.items():
            companies_by_end[
                min(self.date_to, today) if is_cohort else self.date_to
            ].append(company_id)
        yield from companies_by_end.items()


@dataclass
class Evaluation:
    """Figures by KPI code: of the whole scope, and by dimension and its value.

    ``evaluation.total["otif_rate"].value``, ``evaluation.by["month"][date(2026, 3,
    1)]["otif_rate"].value``
    """

    total: dict = field(default_factory=dict)
    by: dict = field(default_factory=dict)

    def shares(self, dimension: str, code: str) -> dict:
        """Return the share of each group in the total, and nothing of no total."""
        total = self.total[code].numerator
        return {
            key: figures[code].numerator / total
            for key, figures in self.by[dimension].items()
            if total
        }
