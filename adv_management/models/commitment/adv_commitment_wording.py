from babel import dates

from odoo import fields, models
from odoo.tools.misc import babel_locale_parse, format_date, formatLang, get_lang

from .clock import calendar_of, next_open_day


class AdvCommitmentWording(models.AbstractModel):
    """Puts the facts about a promise into the sentences of the user's language."""

    _name = "adv.commitment.wording"
    _description = "Wording of Commitments"

    def _explain(self, mate, goods, change, slip, planned):
        """Return the sentences about one commitment.

        :param mate: the commitment whose goods it waits for, its own or another's
        :param goods: what these goods do (``Goods``)
        :param change: the last change that the dates do not show, if any
        :param slip: working days that the prediction exceeds the promise by, if known
        :param planned: how much is planned to leave
        """
        self.ensure_one()
        if self.status == "cancelled":
            return [self.env._("Cancelled, nothing was delivered.")]
        if self.status == "delivered":
            return [self._explain_delivery(), self._explain_cut()]
        return [
            self._explain_promise(slip),
            self._explain_rest(),
            self._explain_together(mate),
            self._explain_gap(planned) or mate._explain_goods(goods),
            self._explain_change(change),
            self._explain_announcement(),
        ]

    def _explain_gap(self, planned):
        """Say for how much of the rest a transfer is planned, if not for all."""
        if self.is_hold or self.date_predicted or not 0 < planned < self.qty_open:
            return ""
        return self.env._(
            "Transfers are planned for only %(planned)s of them.",
            planned=self._quantity(planned),
        )

    def _explain_delivery(self):
        facts = {
            "day": self._in_words(self.date_delivered),
            "promise": self._promise_in_words(),
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

    def _explain_promise(self, slip):
        facts = {
            "promise": self._promise_in_words(),
            "predicted": self._in_words(self.date_predicted),
        }
        if self.status == "unpromised":
            return self.env._("No date was promised.")
        if self.status == "late":
            return self._explain_lateness(facts)
        if self.status == "will_be_late" and self.date_predicted:
            return self._explain_prediction(slip, facts)
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

    def _explain_prediction(self, days, facts):
        if days == 1:
            return self.env._(
                "Promised %(promise)s, planned for %(predicted)s: "
                "1 working day too late.",
                **facts,
            )
        if days:
            return self.env._(
                "Promised %(promise)s, planned for %(predicted)s: "
                "%(days)s working days too late.",
                days=days,
                **facts,
            )
        return self.env._(
            "Promised %(promise)s, planned for %(predicted)s: too late.", **facts
        )

    def _explain_rest(self):
        facts = {
            "rest": self._quantity(self.qty_open),
            "ordered": self._quantity(self.qty_ordered),
        }
        if self.qty_delivered > 0:
            return self.env._("%(rest)s of %(ordered)s still to deliver.", **facts)
        return self.env._("%(rest)s still to deliver.", **facts)

    def _explain_change(self, revision):
        if not revision:
            return ""
        if revision.is_pending:
            return self.env._("A change is recorded and shows in a moment.")
        if revision.date_new == self.date_promise:
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

    def _promise_in_words(self):
        """Return the promised date, and what it stands for unless the departure."""
        promise = self._in_words(self.date_promise)
        if self.basis != "arrival" or not promise:
            return promise
        if self.date_to_leave in (False, self.date_promise):
            return self.env._("%(day)s (arrival)", day=promise)
        return self.env._(
            "%(day)s (arrival, to leave by %(departure)s)",
            day=promise,
            departure=self._in_words(self.date_to_leave),
        )

    def _in_words(self, day):
        """Return a date in the user's language, with the year unless it is this one."""
        if not day:
            return ""
        # Without a language (RPC) the sentence around is English.
        lang = get_lang(self.env, self.env.lang or "en_US")
        locale = babel_locale_parse(lang.code)
        if day.year == fields.Date.context_today(self).year:
            return dates.format_skeleton("MMMMd", day, locale=locale)
        return dates.format_date(day, "long", locale=locale)

    def _explain_closed_day(self, day):
        """Return what a promise on a closed day means; an empty text on open days."""
        commitment = self[:1]
        company = commitment.company_id
        calendar = calendar_of(company, commitment.warehouse_id)
        opens = day and next_open_day(calendar, company, day)
        if opens == day:
            return ""
        weekday = format_date(self.env, opens, date_format="EEEE")
        return self.env._(
            "Closed day: the promise counts from %(day)s.",
            day=f"{weekday} {self._in_words(opens)}",
        )

    def _quantity(self, qty, unit=None):
        """Return a quantity in the user's language, with its unit unless pieces.

        :param unit: the unit to name instead of the product's
        """
        digits = (
            0
            if qty == int(qty)
            else self.env["decimal.precision"].precision_get("Product Unit")
        )
        number = formatLang(self.env, qty, digits=digits)
        unit = unit or self.product_uom_id
        # the cached look-up: env.ref() would ask the database for every quantity
        pieces = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_unit")
        return number if unit.id == pieces else f"{number} {unit.name}"
