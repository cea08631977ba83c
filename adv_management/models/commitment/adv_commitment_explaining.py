from datetime import timedelta

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse, format_date, formatLang, get_lang

from .clock import _open_days

_OPEN_MOVES = ("draft", "waiting", "confirmed", "partially_available", "assigned")
# From the worst to the best news about goods that have not left.
_READINESS = {"draft": 0, "confirmed": 1, "partially_available": 2, "waiting": 3, "assigned": 4}
_LOOK_AHEAD = 31  # days in which a warehouse opens again
# As Odoo's colours go: red, orange, yellow, blue, green, grey.
_COLORS = {"late": 1, "will_be_late": 2, "at_risk": 3, "unpromised": 4, "on_time": 10, "delivered": 7, "cancelled": 12}


class AdvCommitmentExplaining(models.AbstractModel):
    """Says in words how a promise stands and why, for the person who calls the customer.

    Nothing here is stored: it is read for the rows on the screen, in a fixed number of
    queries, whatever their number.
    """

    _name = "adv.commitment.explaining"
    _description = "Commitments in Words"

    explanation = fields.Text(
        compute="_compute_explanation",
        help="What was promised, what is still to deliver, and what the delivery waits for.",
    )
    status_color = fields.Integer(compute="_compute_status_color")
    contact_phone = fields.Char("Phone", compute="_compute_contact")
    contact_email = fields.Char("E-mail", compute="_compute_contact")

    # ----------------------------------------------------------------------------------
    # Fields
    # ----------------------------------------------------------------------------------

    @api.depends("status")
    def _compute_status_color(self):
        for commitment in self:
            commitment.status_color = _COLORS.get(commitment.status, 0)

    @api.depends("order_id.partner_id.phone", "order_id.partner_id.email", "partner_id.phone", "partner_id.email")
    def _compute_contact(self):
        for commitment in self:
            contact, customer = commitment.order_id.partner_id, commitment.partner_id
            commitment.contact_phone = contact.phone or customer.phone
            commitment.contact_email = contact.email or customer.email

    @api.depends("status", "date_promise", "date_predicted", "date_announced", "qty_open", "delay_working_days")
    @api.depends_context("lang")
    def _compute_explanation(self):
        # sudo: whoever may read the promise may know which transfer it waits for; only
        # references, dates and quantities of transfers are shown, no prices.
        commitments = self.sudo()
        steps = commitments._get_next_steps()
        receipts = commitments._get_next_receipts(steps)
        changes = commitments._get_postponements()
        for commitment in commitments:
            sentences = commitment._explain(steps, receipts, changes)
            self.browse(commitment.id).explanation = " ".join(sentence for sentence in sentences if sentence)

    @api.model
    def formatted_read_group(self, domain, groupby=(), *args, **kwargs):
        """Show the phone number beside the customer where people work a list of calls."""
        groups = super().formatted_read_group(domain, groupby, *args, **kwargs)
        if self.env.context.get("adv_show_phone") and "partner_id" in groupby:
            customers = self.env["res.partner"].browse(group["partner_id"][0] for group in groups if group["partner_id"])
            phones = {customer.id: customer.phone for customer in customers}
            for group in groups:
                if group["partner_id"] and phones[group["partner_id"][0]]:
                    customer_id, name = group["partner_id"]
                    group["partner_id"] = (customer_id, f"{name} · {phones[customer_id]}")
        return groups

    # ----------------------------------------------------------------------------------
    # What the words are made of, for all rows at once
    # ----------------------------------------------------------------------------------

    def _get_next_steps(self):
        """Return ``{order line: open move}``: what has to happen next, the worst news first."""
        moves = self.env["stock.move"].search_fetch(
            Domain("sale_line_id", "in", self.filtered("qty_open").sale_line_id.ids)
            & Domain("state", "in", _OPEN_MOVES)
            & Domain("location_dest_usage", "!=", "supplier")
            & Domain("location_usage", "!=", "customer"),
            ["sale_line_id", "state", "date", "picking_id", "reference", "product_uom_qty", "quantity", "move_orig_ids"],
        )
        steps = {}
        for line, same in moves.grouped("sale_line_id").items():
            first = same.filtered(lambda move, same=same: not move.move_orig_ids & same) or same
            steps[line] = first.sorted(lambda move: (_READINESS[move.state], move.date))[0]
        return steps

    def _get_next_receipts(self, steps):
        """Return ``{move: incoming move}``: the supply that goods out of stock wait for."""
        moves = self.env["stock.move"].union(*steps.values())
        receipts = {}
        for move in moves.filtered(lambda move: move.state == "waiting"):
            receipts[move] = move.move_orig_ids.filtered(lambda orig: orig.state in _OPEN_MOVES).sorted("date")[:1]
        short = moves.filtered(lambda move: move.state in ("draft", "confirmed", "partially_available"))
        coming = self.env["stock.move"].search_fetch(
            Domain("product_id", "in", short.product_id.ids)
            & Domain("state", "in", _OPEN_MOVES)
            & Domain("picking_code", "=", "incoming")
            & Domain("location_usage", "!=", "customer"),
            ["product_id", "date", "picking_id", "reference", "location_dest_id"],
            order="date, id",
        ) if short else short
        first = {}
        for receipt in coming:
            first.setdefault((receipt.product_id, receipt.location_dest_id.warehouse_id), receipt)
        for move in short:
            warehouse = move.location_id.warehouse_id
            receipts[move] = first.get((move.product_id, warehouse), self.env["stock.move"])
        return receipts

    def _get_postponements(self):
        """Return ``{commitment: revision}``: the last date that we set without the customer."""
        revisions = self.env["adv.commitment.revision"].search(
            Domain("commitment_id", "in", self.ids) & Domain("kind", "=", "date"), order="id"
        )
        last = {revision.commitment_id: revision for revision in revisions}
        return {commitment: revision for commitment, revision in last.items() if not revision.is_accepted}

    # ----------------------------------------------------------------------------------
    # The words
    # ----------------------------------------------------------------------------------

    def _explain(self, steps, receipts, changes):
        """Return the sentences about one commitment."""
        self.ensure_one()
        if self.status == "cancelled":
            return [self.env._("Cancelled, nothing was delivered.")]
        if self.status == "delivered":
            return [self._explain_delivery()]
        step = steps.get(self.sale_line_id, self.env["stock.move"])
        return [
            self._explain_promise(),
            self._explain_rest(),
            self._explain_step(step, receipts.get(step)),
            self._explain_change(changes.get(self)),
            self._explain_announcement(),
        ]

    def _explain_delivery(self):
        facts = {
            "day": self._in_words(self.date_delivered),
            "promise": self._in_words(self.date_promise),
            "days": self.delay_working_days,
        }
        if not self.date_promise:
            return self.env._("Delivered %(day)s; no date had been promised.", **facts)
        if self.on_time_count:
            return self.env._("Promised %(promise)s, delivered %(day)s, on time.", **facts)
        if self.delay_working_days == 1:
            return self.env._("Promised %(promise)s, delivered %(day)s, 1 working day late.", **facts)
        if self.delay_working_days > 1:
            return self.env._("Promised %(promise)s, delivered %(day)s, %(days)s working days late.", **facts)
        return self.env._("Promised %(promise)s, delivered %(day)s.", **facts)

    def _explain_promise(self):
        facts = {"promise": self._in_words(self.date_promise), "predicted": self._in_words(self.date_predicted)}
        if self.status == "unpromised":
            return self.env._("No date was promised.")
        if self.status == "late":
            return self._explain_lateness(facts)
        if self.status == "will_be_late" and self.date_predicted:
            return self._explain_prediction(facts)
        return self.env._("Promised %(promise)s.", **facts)

    def _explain_lateness(self, facts):
        if self.delay_working_days == 1:
            return self.env._("Promised %(promise)s, 1 working day late.", **facts)
        if self.delay_working_days > 1:
            return self.env._("Promised %(promise)s, %(days)s working days late.", days=self.delay_working_days, **facts)
        return self.env._("Promised %(promise)s, not delivered.", **facts)

    def _explain_prediction(self, facts):
        days = (self.date_predicted - self.date_promise).days
        if days == 1:
            return self.env._("Promised %(promise)s, planned for %(predicted)s: 1 day too late.", **facts)
        return self.env._("Promised %(promise)s, planned for %(predicted)s: %(days)s days too late.", days=days, **facts)

    def _explain_rest(self):
        facts = {"rest": self._quantity(self.qty_open), "ordered": self._quantity(self.qty_ordered)}
        if self.qty_delivered > 0:
            return self.env._("%(rest)s of %(ordered)s still to deliver.", **facts)
        return self.env._("%(rest)s still to deliver.", **facts)

    def _explain_step(self, step, receipt):
        """Say what the goods wait for."""
        if self.is_hold:
            return self.env._("On hold: no delivery is being prepared.")
        if not step:
            return self.env._("No delivery is planned.")
        facts = {"transfer": step.picking_id.name or step.reference, "day": self._in_words(self._to_local_date(step.date))}
        if step.state == "assigned":
            if self._to_local_date(step.date) < self._get_today():
                return self.env._("Goods reserved in %(transfer)s, which should have left %(day)s.", **facts)
            return self.env._("Goods reserved in %(transfer)s, planned for %(day)s.", **facts)
        return " ".join(filter(None, [self._explain_shortage(step, facts), self._explain_receipt(step, receipt)]))

    def _explain_shortage(self, step, facts):
        if step.state == "waiting":
            return self.env._("%(transfer)s waits for goods.", **facts)
        if step.state == "partially_available":
            facts.update(reserved=self._quantity(step.quantity), demand=self._quantity(step.product_uom_qty))
            return self.env._("Only %(reserved)s of %(demand)s in stock for %(transfer)s.", **facts)
        return self.env._("Not reserved in %(transfer)s.", **facts)

    def _explain_receipt(self, step, receipt):
        if not receipt:
            return "" if step.state == "waiting" else self.env._("No receipt is planned.")
        day = self._to_local_date(receipt.date)
        names = [receipt.picking_id.name or receipt.reference, receipt.picking_id.partner_id.name]
        facts = {"receipt": ", ".join(filter(None, names)), "day": self._in_words(day)}
        if day < self._get_today():
            return self.env._("The receipt was due %(day)s and has not come (%(receipt)s).", **facts)
        return self.env._("Next receipt %(day)s (%(receipt)s).", **facts)

    def _explain_change(self, revision):
        if not revision or revision.date_new == self.date_promise:
            return ""
        facts = {"day": self._in_words(revision.date_new), "reason": revision.reason}
        if revision.reason:
            return self.env._("We moved it to %(day)s: %(reason)s.", **facts)
        return self.env._("We moved it to %(day)s.", **facts)

    def _explain_announcement(self):
        if not self.date_announced or self.date_announced == self.date_promise:
            return ""
        return self.env._("The customer was told %(day)s.", day=self._in_words(self.date_announced))

    # ----------------------------------------------------------------------------------
    # Dates and quantities as people write them
    # ----------------------------------------------------------------------------------

    def _in_words(self, day):
        """Return a date in the user's language, with the year where it is not this year's."""
        if not day:
            return ""
        skeleton = "MMMd" if day.year == fields.Date.context_today(self).year else "yMMMd"
        return format_skeleton(skeleton, day, locale=babel_locale_parse(get_lang(self.env).code))

    def _explain_closed_day(self, day):
        """Return what a promise on this day means where the day is closed, else an empty text."""
        commitment = self[:1]
        company = commitment.company_id
        calendar = commitment.warehouse_id.adv_calendar_id or company.resource_calendar_id
        if not (day and calendar):
            return ""
        open_days = _open_days(calendar, company, day, day + timedelta(days=_LOOK_AHEAD))
        opens = min(open_days, default=day)
        if opens == day:
            return ""
        weekday = format_date(self.env, opens, date_format="EEEE")
        return self.env._("Closed day: the promise counts from %(day)s.", day=f"{weekday} {self._in_words(opens)}")

    def _quantity(self, qty):
        """Return a quantity in the user's language, with its unit unless that is pieces."""
        digits = 0 if qty == int(qty) else self.env["decimal.precision"].precision_get("Product Unit")
        number = formatLang(self.env, qty, digits=digits)
        unit = self.product_uom_id
        return number if unit == self.env.ref("uom.product_uom_unit", False) else f"{number} {unit.name}"
