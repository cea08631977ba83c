from odoo import models
from odoo.tools import SQL

from .finding import ALL_SEVERITIES, ERROR, FAILED, PASSED, WAIVED

# What is sorted by what it means, not by its letters: what needs people comes first.
_RANKS = {
    "severity": list(reversed(ALL_SEVERITIES)),
    "state": [FAILED, ERROR, WAIVED, PASSED],
}


class AdvControlGravity(models.AbstractModel):
    """Lists of controls and results begin with what is gravest."""

    _name = "adv.control.gravity"
    _description = "Order of Gravity"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name not in _RANKS:
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        rank = SQL(
            "array_position(%s::varchar[], %s)",
            _RANKS[field_name],
            self._field_to_sql(alias, field_name, query),
        )
        query._order_groupby.append(rank)
        return SQL("%s %s %s", rank, direction, nulls)
