from datetime import date, timedelta

from babel import dates

from odoo import fields, models
from odoo.tools.misc import babel_locale_parse, format_date, formatLang, get_lang

from .clock import _open_days

_LOOK_AHEAD = 31  # days in which a warehouse opens again
_LAST_DAY = date.max - timedelta(days=_LOOK_AHEAD + 1)


class AdvCommitmentWording(models.AbstractModel):
    """Puts the facts about a promise into the sentences of the user's language."""

    _name = "adv.commitment.wording"
    _description = "Wording of Commitments"

    def _explain(self, steps, receipts, changes):
        """Return the sentences about one commitment."""
        self.ensure_one()
        if self.status == "cancelled":
            return [self.env._("Cancelled, nothing was delivered.")]
        if self.status == "delivered":
            return [self._explain_delivery(), self._explain_cut()]
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
            return self.env._(
                "Promised %(promise)s, delivered %(day)s, on time.", **facts
            )
        if self.delay_working_days == 1:
            return self.env._(
                "Promised %(promise)s, delivered %(day)s, 1 working day late.", **facts
            )
        if self.delay_working_days > 1:
            return self.env._(
                "Promised %(promise)s, delivered %(day)s, %(days)s working days late.",
                **facts,
            )
        return self.env._("Promised %(promise)s, delivered %(day)s.", **facts)

    def _explain_cut(self):
        if self.qty_delivered >= self.qty_ordered:
            return ""
        return self.env._(
            "Only %(delivered)s of %(ordered)s, the rest was cancelled.",
            delivered=self._quantity(self.qty_delivered),
            ordered=self._quantity(self.qty_ordered),
        )

    def _explain_promise(self):
        facts = {
            "promise": self._in_words(self.date_promise),
            "predicted": self._in_words(self.date_predicted),
        }
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
            return self.env._(
                "Promised %(promise)s, %(days)s working days late.",
                days=self.delay_working_days,
                **facts,
            )
        return self.env._("Promised %(promise)s, not delivered.", **facts)

    def _explain_prediction(self, facts):
        days = (self.date_predicted - self.date_promise).days
        if days == 1:
            return self.env._(
                "Promised %(promise)s, planned for %(predicted)s: 1 day too late.",
                **facts,
            )
        return self.env._(
            "Promised %(promise)s, planned for %(predicted)s: %(days)s days too late.",
            days=days,
            **facts,
        )

    def _explain_rest(self):
        facts = {
            "rest": self._quantity(self.qty_open),
            "ordered": self._quantity(self.qty_ordered),
        }
        if self.qty_delivered > 0:
            return self.env._("%(rest)s of %(ordered)s still to deliver.", **facts)
        return self.env._("%(rest)s still to deliver.", **facts)

    def _explain_step(self, step, receipt):
        """Say what the goods wait for."""
        if self.is_hold:
            return self.env._("On hold: no delivery is being prepared.")
        if not step:
            return self.env._("No delivery is planned.")
        day = self._to_local_date(step.date)
        facts = {
            "transfer": step.picking_id.name or step.reference,
            "day": self._in_words(day),
        }
        if step.state == "assigned":
            return self._explain_reserved(day, facts)
        sentences = [
            self._explain_shortage(step, facts),
            self._explain_receipt(step, receipt),
        ]
        return " ".join(filter(None, sentences))

    def _explain_reserved(self, day, facts):
        if day < self._get_today():
            return self.env._(
                "Goods reserved in %(transfer)s, which should have left %(day)s.",
                **facts,
            )
        if self.status == "will_be_late" and day == self.date_predicted:
            return self.env._("Goods reserved in %(transfer)s.", **facts)
        return self.env._(
            "Goods reserved in %(transfer)s, planned for %(day)s.", **facts
        )

    def _explain_shortage(self, step, facts):
        if step.state == "waiting":
            return self.env._("%(transfer)s waits for goods.", **facts)
        if step.state == "partially_available":
            facts.update(
                reserved=self._quantity(step.quantity),
                demand=self._quantity(step.product_uom_qty),
            )
            return self.env._(
                "Only %(reserved)s of %(demand)s in stock for %(transfer)s.", **facts
            )
        return self.env._("Not reserved in %(transfer)s.", **facts)

    def _explain_receipt(self, step, receipt):
        if not receipt:
            return (
                "" if step.state == "waiting" else self.env._("No receipt is planned.")
            )
        day = self._to_local_date(receipt.date)
        names = [
            receipt.picking_id.name or receipt.reference,
            receipt.picking_id.partner_id.name,
        ]
        facts = {"receipt": ", ".join(filter(None, names)), "day": self._in_words(day)}
        if day < self._get_today():
            return self.env._(
                "The receipt was due %(day)s and has not come (%(receipt)s).", **facts
            )
        return self.env._("Next receipt %(day)s (%(receipt)s).", **facts)

    def _explain_change(self, revision):
        if not revision or revision.date_new == self.date_promise:
            return ""
        facts = {"day": self._in_words(revision.date_new), "reason": revision.reason}
        if revision.reason and revision.date_new == self.date_predicted:
            return self.env._("We put it off: %(reason)s.", **facts)
        if revision.reason:
            return self.env._("We moved it to %(day)s: %(reason)s.", **facts)
        return self.env._("We moved it to %(day)s.", **facts)

    def _explain_announcement(self):
        if not self.date_announced or self.date_announced == self.date_promise:
            return ""
        return self.env._(
            "The customer was told %(day)s.", day=self._in_words(self.date_announced)
        )

    # ----------------------------------------------------------------------------------
    # Dates and quantities as people write them
    # ----------------------------------------------------------------------------------

    def _in_words(self, day):
        """Return a date in the user's language, with the year unless it is this one."""
        if not day:
            return ""
        locale = babel_locale_parse(get_lang(self.env).code)
        if day.year == fields.Date.context_today(self).year:
            return dates.format_skeleton("MMMMd", day, locale=locale)
        return dates.format_date(day, "long", locale=locale)

    def _explain_closed_day(self, day):
        """Return what a promise on a closed day means; an empty text on open days."""
        commitment = self[:1]
        company = commitment.company_id
        calendar = (
            commitment.warehouse_id.adv_calendar_id or company.resource_calendar_id
        )
        if not (day and calendar) or day > _LAST_DAY:
            return ""
        open_days = _open_days(
            calendar, company, day, day + timedelta(days=_LOOK_AHEAD)
        )
        opens = min(open_days, default=day)
        if opens == day:
            return ""
        weekday = format_date(self.env, opens, date_format="EEEE")
        return self.env._(
            "Closed day: the promise counts from %(day)s.",
            day=f"{weekday} {self._in_words(opens)}",
        )

    def _quantity(self, qty):
        """Return a quantity in the user's language, with its unit unless pieces."""
        digits = (
            0
            if qty == int(qty)
            else self.env["decimal.precision"].precision_get("Product Unit")
        )
        number = formatLang(self.env, qty, digits=digits)
        unit = self.product_uom_id
        # the cached look-up: env.ref() would ask the database for every quantity
        pieces = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_unit")
        return number if unit.id == pieces else f"{number} {unit.name}"
