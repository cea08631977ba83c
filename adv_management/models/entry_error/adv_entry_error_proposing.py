import pytz

from odoo import SUPERUSER_ID, api, fields, models

from ..commitment.clock import zone_of
from . import queries


class AdvEntryErrorProposing(models.AbstractModel):
    """The one way in: sources propose, what is known already is left as it is.

    Each proposal gets the facts of its order, the moment at which it was found, its
    author and what it costs.
    """

    _name = "adv.entry.error.proposing"
    _description = "Proposal of Entry Errors"

    @api.model
    def _propose(self, proposals):
        """Store suspected errors that are not known yet.

        :param proposals: :class:`Proposal`, of any orders and companies
        :return: the new errors
        """
        types = self._get_types()
        proposals = [each for each in proposals if each.code in types]
        if not proposals:
            return self.browse()
        self.env.flush_all()
        # sudo: whoever triggers a proposal need not see all that explains it.
        errors = self.sudo()
        facts = {
            row["id"]: row
            for row in self.env.execute_query_dict(
                queries.facts({each.order_id for each in proposals})
            )
        }
        known = [each for each in proposals if each.order_id in facts]
        authors = errors._find_authors(known, facts)
        lines = errors._get_lines(each.line_id for each in known)
        rows = [
            errors._prepare_row(
                each,
                lines[each.line_id or 0],
                types[each.code],
                facts[each.order_id],
                author,
            )
            for each, author in zip(known, authors, strict=True)
        ]
        return self.browse(errors._insert(rows).ids)

    @api.model
    def _get_types(self):
        """Return the types in use by their code; archived ones are not proposed."""
        # sudo: types are read whoever's action is looked at.
        return {
            each.code: each
            for each in self.env["adv.entry.error.type"].sudo().search([])
        }

    @api.model
    def _prepare_row(self, proposal, line, kind, fact, author_id):
        is_master_data = self._is_master_data(proposal, line)
        company = self.env["res.company"].browse(fact["company_id"])
        label = proposal.line_label or (line.name or "").partition("\n")[0]
        now = fields.Datetime.now()
        facts = ("company_id", "partner_id", "team_id", "adv_user_id")
        return {
            **{name: fact[name] for name in facts},
            "type_id": kind.id,
            "order_id": proposal.order_id,
            "line_id": line.id or None,
            "line_key": (kind.level == "line" and proposal.line_id) or 0,
            "line_label": label or None,
            "product_id": proposal.product_id or line.product_id.id or None,
            "field_name": proposal.field_name,
            "value_wrong": proposal.value_wrong,
            "value_right": proposal.value_right,
            "moment": self._get_moment(fact, proposal.at),
            "source": proposal.source,
            "evidence": proposal.evidence,
            "log_mark": proposal.log_mark,
            "date_entry": fact["date_confirmed_local"],
            "date_detected": self._get_day(company, proposal.at),
            "state": proposal.state,
            "is_master_data": is_master_data,
            "author_user_id": None if is_master_data else author_id,
            "amount_cost": abs(proposal.amount),
            "minutes": kind.minutes,
            # As the system: in whose transaction it was found tells about persons.
            "create_uid": SUPERUSER_ID,
            "write_uid": SUPERUSER_ID,
            "create_date": now,
            "write_date": now,
            **proposal.extra,
        }

    @api.model
    def _get_moment(self, fact, at):
        """Return when in an order's life an error was found (``at``: naive UTC)."""
        if not fact["date_confirmed"] or at < fact["date_confirmed"]:
            return "before_confirmation"
        if fact["date_invoiced"] and fact["date_invoiced"] <= at:
            return "after_invoicing"
        if fact["date_delivered"] and fact["date_delivered"] <= at:
            return "after_delivery"
        return "before_delivery"

    @api.model
    def _get_day(self, company, at):
        """Return the local date of a company at a moment (naive UTC)."""
        zone = pytz.timezone(zone_of(company, company.resource_calendar_id))
        return pytz.utc.localize(at).astimezone(zone).date()

    @api.model
    def _insert(self, rows):
        """Insert rows, whatever others insert at the same time; return the new ones."""
        columns = sorted({name for row in rows for name in row} & self._fields.keys())
        self.env.cr.execute(queries.insert(rows, columns))
        errors = self.browse(row[0] for row in self.env.cr.fetchall())
        self.env["sale.order"].invalidate_model(["adv_error_ids"], flush=False)
        errors._count()
        return errors
