from odoo import api, models
from odoo.exceptions import AccessError

# Whoever is named by an order, or by what was written about it.
_PERSONS = frozenset(
    (
        "adv_user_id",
        "user_id",
        "create_uid",
        "write_uid",
        "author_id",
        "decided_by_id",
    )
)


class AdvKpiNameless(models.AbstractModel):
    """A fact about mistakes, whose figures are shown by no person.

    Each row may name who follows the order, as the order itself does; adding up
    somebody's mistakes is another thing, and off (Code du travail L1222-4).
    """

    _name = "adv.kpi.nameless"
    _description = "Fact without names"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        described = super().fields_get(allfields, attributes)
        for name in _PERSONS & described.keys():
            if "groupable" in described[name]:
                described[name]["groupable"] = False
        return described

    def _read_group_groupby(self, alias, groupby_spec, query):
        path = groupby_spec.partition(":")[0].split(".")
        if not self.env.su and not _PERSONS.isdisjoint(path):
            raise AccessError(
                self.env._(
                    "Figures about mistakes are not shown by person. Choose the "
                    "customer, the team or the type of the error."
                )
            )
        return super()._read_group_groupby(alias, groupby_spec, query)
