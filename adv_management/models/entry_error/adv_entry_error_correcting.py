from odoo import api, fields, models

from ...tools.corrections import Change, find_corrections
from ..field_log.watched import WATCHED
from . import queries
from .proposal import Proposal

_CODES = {name: code for names in WATCHED.values() for name, code in names.items()}
# What Odoo's form writes along with a new article, unit, quantity or price list.
_FOLLOWING = {"price_unit", "discount", "tax_ids", "customer_lead", "product_uom_id"}
_LEADING = {"product_uom_qty", "product_uom_id", "pricelist_id", "fiscal_position_id"}


class AdvEntryErrorCorrecting(models.AbstractModel):
    """Source: what people corrected after the first confirmation, from the field log.

    Each order is looked at as a whole, as a diff of then and now: what was put back is
    no correction, and a suspicion whose reason has gone goes with it.
    """

    _name = "adv.entry.error.correcting"
    _description = "Corrections as Entry Errors"

    @api.model
    def _propose_corrections(self, orders):
        """Propose what was corrected on these orders since their confirmation."""
        if not orders:
            return
        rows = self.env.execute_query_dict(queries.corrections(orders.ids))
        logged = {order.id: [] for order in orders}
        for row in rows:
            logged[row.pop("order_id")].append(Change(**row))
        known = self.search([("order_id", "in", orders.ids)])
        answers = self._get_answers(orders)
        lines = self._get_lines(
            change.line for each in logged.values() for change in each
        )
        proposals = []
        for order in orders:
            errors = known.filtered(lambda error, order=order: error.order_id == order)
            marks = errors._get_marks()
            found = find_corrections(logged[order.id], _CODES, marks)
            found = self._leave_out(order, found, lines, answers)
            errors._follow_corrections(found)
            proposals += [
                self._prepare_correction(order, each, lines[each.line])
                for each in found
            ]
        self._propose(proposals)

    def _get_marks(self):
        """Return ``{(line, type): last log entry}`` that people decided about."""
        marks = {}
        for error in self.filtered(lambda each: each.state != "suspected"):
            key = (error._get_line_number(), error.type_id.code)
            marks[key] = max(marks.get(key, 0), error.log_mark)
        return marks

    def _get_line_number(self):
        """Return the line's number where the log's field is one of lines, else 0."""
        return self.line_key or self.line_id.id or 0

    @api.model
    def _get_answers(self, orders):
        """Return ``{(order id, date): was it the customer}`` of explained changes."""
        rows = self.env.execute_query(queries.answered_dates(orders.ids))
        return {(order_id, day): is_customer for order_id, day, is_customer in rows}

    @api.model
    def _leave_out(self, order, corrections, lines, answers):
        """Return the corrections that may be errors or the customer's wishes."""
        leading = {each.line for each in corrections if each.field in _LEADING}
        kept = []
        for each in corrections:
            line = lines[each.line]
            if line and not self._is_product_line(line, each):
                continue
            if {each.line, 0} & leading and self._follows(line, each):
                continue
            day = self._get_promised_day(order, each)
            is_wish = answers.get((order.id, day)) if day else None
            if is_wish is None:
                kept.append(each)
            elif is_wish:
                kept.append(each._replace(is_customer=True))
        return kept

    @api.model
    def _is_product_line(self, line, correction):
        """Return whether people enter such lines."""
        is_charge = any(
            line[name]
            for name in ("is_delivery", "reward_id", "is_expense", "is_downpayment")
            if name in line._fields
        )
        is_empty = correction.code == "OUB" and not line.product_uom_qty
        return not (line.display_type or is_charge or is_empty)

    @api.model
    def _follows(self, line, correction):
        """Return whether Odoo itself filled the new value in."""
        name = correction.field
        return name in _FOLLOWING and self._is_own_value(line, name, correction.new)

    @api.model
    def _get_promised_day(self, order, correction):
        if correction.field != "commitment_date" or not correction.new:
            return None
        moment = fields.Datetime.to_datetime(correction.new)
        return self._get_day(order.company_id, moment)

    def _follow_corrections(self, corrections):
        """Have suspicions of this kind say what is true now, or go."""
        now = {(each.line, each.code): each for each in corrections}
        for error in self:
            if (error.source, error.state) != ("correction", "suspected"):
                continue
            found = now.get((error._get_line_number(), error.type_id.code))
            if found:
                error.value_right = found.new
                error.log_mark = found.log_id
            else:
                error.unlink()

    @api.model
    def _prepare_correction(self, order, correction, line):
        wrong, product = correction.old, line.product_id.id
        if correction.code == "REF":
            wrong = wrong or (str(product) if product else None)
            # The removed article may have been deleted since.
            article = self.env["product.product"].browse(int(wrong) if wrong else [])
            product = article.exists().id
        return Proposal(
            order_id=order.id,
            code=correction.code,
            source="correction",
            evidence=f"log:{correction.log_id}",
            at=correction.at,
            line_id=correction.line or None,
            line_label=correction.label,
            product_id=product,
            field_name=correction.field,
            value_wrong=wrong,
            value_right=correction.new,
            amount=self._get_amount(line, correction),
            state="customer_change" if correction.is_customer else "suspected",
            log_mark=correction.log_id,
        )

    @api.model
    def _get_amount(self, line, correction):
        """Return what a wrong price or discount would have cost (company currency)."""
        if correction.code not in ("PRX", "REM") or not line:
            return 0.0
        difference = float(correction.new or 0) - float(correction.old or 0)
        each = (
            difference * (1 - line.discount / 100)
            if correction.code == "PRX"
            else difference / 100 * line.price_unit
        )
        amount = each * line.product_uom_qty / (line.order_id.currency_rate or 1)
        return line.company_id.currency_id.round(amount)
