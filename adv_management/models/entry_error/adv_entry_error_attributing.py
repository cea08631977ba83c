from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models

from ..field_log.adv_field_log import as_text
from . import queries

# What Odoo fills in by itself.
_COMPUTED = {
    "sale.order": {
        "partner_invoice_id",
        "partner_shipping_id",
        "payment_term_id",
        "fiscal_position_id",
        "pricelist_id",
    },
    "sale.order.line": {
        "price_unit",
        "discount",
        "tax_ids",
        "product_uom_id",
        "customer_lead",
    },
}


class AdvEntryErrorAttributing(models.AbstractModel):
    """Finds whose a wrong value is: who typed it, who made the line, or Odoo itself."""

    _name = "adv.entry.error.attributing"
    _description = "Attribution of Entry Errors"

    @api.model
    def _find_authors(self, proposals, facts):
        """Return the users who entered the wrong values, None for nobody's.

        The last who changed the field to that value before the first confirmation,
        else who created the line or the order; customers and the system are nobody.
        """
        typed = self._find_typists(proposals, facts)
        lines = self._get_lines(each.line_id for each in proposals)
        found = [
            typed.get(position)
            or (each.code != "OUB" and lines[each.line_id or 0].create_uid.id)
            or facts[each.order_id]["create_uid"]
            for position, each in enumerate(proposals)
        ]
        users = self.env["res.users"].browse(filter(None, found)).exists()
        people = set(
            users.filtered(lambda user: not user.share and user.id != SUPERUSER_ID).ids
        )
        return [user if user in people else None for user in found]

    @api.model
    def _get_lines(self, line_ids):
        """Return the living order lines by their numbers; of all others none."""
        ids = {line_id for line_id in line_ids if line_id}
        lines = self.env["sale.order.line"].browse(sorted(ids)).exists()
        return defaultdict(lines.browse, {line.id: line for line in lines})

    @api.model
    def _find_typists(self, proposals, facts):
        wanted = [
            (
                each.order_id,
                each.line_id or 0,
                each.field_name or "",
                each.value_wrong,
                facts[each.order_id]["date_confirmed"] or each.at,
            )
            for each in proposals
        ]
        return dict(self.env.execute_query(queries.authors(wanted)))

    # ----------------------------------------------------------------------------------
    # Odoo's own values
    # ----------------------------------------------------------------------------------

    @api.model
    def _is_master_data(self, proposal, line):
        """Return whether the wrong value is what Odoo itself would fill in."""
        name, wrong = proposal.field_name, proposal.value_wrong
        if name in _COMPUTED["sale.order"]:
            order = self.env["sale.order"].browse(proposal.order_id)
            return as_text(self._recompute_header(order)[name]) == wrong
        return name in _COMPUTED["sale.order.line"] and self._is_own_value(
            line, name, wrong
        )

    @api.model
    def _is_own_value(self, line, name, value):
        """Return whether Odoo itself would fill this value in on a line."""
        if not line.product_id:
            return False
        if name == "product_uom_id":
            return as_text(line.product_id.uom_id) == value
        return as_text(self._recompute_line(line)[name]) == value

    @api.model
    def _recompute_header(self, order):
        """Return an order of this customer as Odoo fills it in."""
        company = order.company_id
        return order.with_company(company).new(
            {"partner_id": order.partner_id.id, "company_id": company.id}
        )

    @api.model
    def _recompute_line(self, line):
        """Return a line of these goods on this order as Odoo fills it in."""
        order = line.order_id.with_company(line.company_id)
        names = ("partner_id", "company_id", "pricelist_id", "fiscal_position_id")
        virtual = order.new(
            {
                **{name: order[name].id for name in names},
                "date_order": self._get_price_date(order),
            }
        )
        return order.order_line.new(
            {
                "order_id": virtual.id,
                "product_id": line.product_id.id,
                "product_uom_qty": line.product_uom_qty,
                "product_uom_id": line.product_uom_id.id,
            }
        )

    @api.model
    def _get_price_date(self, order):
        """Return the moment whose prices hold: Odoo overwrites the order's own date."""
        if hasattr(order, "_adv_get_price_date"):
            return fields.Datetime.to_datetime(order._adv_get_price_date())
        return order.create_date
