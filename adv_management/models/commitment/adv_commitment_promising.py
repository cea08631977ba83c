from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import queries
from .adv_commitment_engine import OPEN_STATUSES
from .adv_commitment_noting import RECORDED
from .clock import calendar_of, zone_of, zone_sql


class AdvCommitmentPromising(models.AbstractModel):
    """Makes and changes promises: at confirmation, by the wizard, from the order, in
    history.
    """

    _name = "adv.commitment.promising"
    _description = "Promises of Orders"

    # ----------------------------------------------------------------------------------
    # Making promises
    # ----------------------------------------------------------------------------------

    @api.model
    def _get_promised_line_domain(self) -> Domain:
        """Return what a line must be to promise goods: no service, deposit, reward or
        charge.
        """
        domain = Domain(
            [
                ("display_type", "=", False),
                ("is_downpayment", "=", False),
                ("is_expense", "=", False),
                ("product_id.type", "=", "consu"),
                ("product_uom_qty", ">", 0),
            ]
        )
        line_fields = self.env["sale.order.line"]._fields
        for flag in ("is_delivery", "reward_id"):  # of the apps delivery and loyalty
            if flag in line_fields:
                domain &= Domain(flag, "=", False)
        return domain

    @api.model
    def _promise(self, line_ids, confirmed_ids):
        """Write the promises of lines that have none, and note what a new confirmation
        changes.

        :param line_ids: order lines that may promise goods
        :param confirmed_ids: those whose orders have just been confirmed (again)
        """
        domain = (
            Domain("id", "in", list(line_ids))
            & Domain("state", "=", "sale")
            & self._get_promised_line_domain()
        )
        lines = self.env["sale.order.line"].search(domain)
        if not lines:
            return
        promises = self._get_promise_moments(lines)
        transit = {order: self._get_transit_days(order) for order in lines.order_id}
        promise = SQL(
            "SELECT line_id, promised_at, %s::timestamp AS confirmed_at, transit_days"
            " FROM unnest(%s::int[], %s::timestamp[], %s::int[])"
            " AS promise(line_id, promised_at, transit_days)",
            fields.Datetime.now(),
            lines.ids,
            [promises[line] for line in lines],
            [transit[line.order_id] for line in lines],
        )
        self.env.flush_all()
        again = lines.filtered(lambda line: line.id in confirmed_ids)
        if self._insert_promises(promise) < len(lines) and again:
            self._note_order_dates(again.order_id, "reconfirmed")

    @api.model
    def _insert_promises(self, promise: SQL, ledger: SQL = queries.LEDGER) -> int:
        """Insert the rows that are missing and return their number."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        zones = zone_sql(fields.Datetime.now())
        kits = self._get_kit_condition()
        self.env.cr.execute(
            queries.insert_promises(zones, promise, kits, digits, ledger)
        )
        count = self.env.cr.rowcount
        self.env["adv.commitment"].invalidate_model()
        return count

    @api.model
    def _get_kit_condition(self) -> SQL:
        """Return what tells kits: by the moves of their own product, always late."""
        if "mrp.bom" not in self.env:
            return SQL("FALSE")
        return SQL(
            """
            EXISTS (SELECT FROM mrp_bom bom
                     WHERE bom.type = 'phantom' AND bom.active
                       AND bom.product_tmpl_id = template.id
                       AND COALESCE(bom.product_id, product.id) = product.id
                       AND COALESCE(bom.company_id, sale.company_id) = sale.company_id)
            """
        )

    @api.model
    def _get_promise_moments(self, lines) -> dict:
        """Return ``{line: naive UTC datetime or None}`` as Odoo itself promises it.

        The order's delivery date; else the line's expected date, the latest of the
        order's goods when they ship together, and their transit where arrivals are
        promised. None without a date and without any lead time.
        """
        moments = {}
        domain = self._get_promised_line_domain()
        for order in lines.order_id:
            goods = order.order_line.filtered_domain(domain)
            expected = {
                line: line._expected_date() for line in goods if line.customer_lead > 0
            }
            if order.picking_policy == "one" and expected:
                expected = dict.fromkeys(goods, max(expected.values()))
            if days := self._get_transit_days(order):
                arrivals = {
                    moment: self._shift_working_days(order, moment, days)
                    for moment in set(expected.values())
                }
                expected = {line: arrivals[day] for line, day in expected.items()}
            for line in goods:
                moments[line] = order.commitment_date or expected.get(line)
        return moments

    # ----------------------------------------------------------------------------------
    # Changing promises
    # ----------------------------------------------------------------------------------

    @api.model
    def _note_order_dates(self, orders, source):
        """Note dates that changed on confirmed orders without an answer to who and why.

        Such a change is internal: it is kept in the history and moves no promise. A
        line that had no promise yet is given its first one. Orders confirmed again are
        still measured as cancelled at this moment.
        """
        # sudo: the right to change the order has been checked; the history is written
        # by the system, never by hand.
        statuses = OPEN_STATUSES
        if source == "reconfirmed":
            statuses += ("cancelled",)
        commitments = (
            self.env["adv.commitment"]
            .sudo()
            .search(
                Domain("order_id", "in", orders.ids) & Domain("status", "in", statuses)
            )
        )
        moments = self._get_promise_moments(commitments.sale_line_id.sudo())
        for date_new, changed in commitments.grouped(
            lambda commitment: commitment._to_local_date(
                moments.get(commitment.sale_line_id)
            )
        ).items():
            changed = changed.filtered(
                lambda commitment, day=date_new: (
                    day and day not in commitment._get_noted_dates()
                )
            )
            changed._change_promise(date_new, "internal", source=source)

    def _get_noted_dates(self):
        """Return the promise and the last date the history tells: neither is news."""
        dates = self.revision_ids.filtered(lambda revision: revision.kind == "date")
        return {self.date_promise, dates[:1].date_new}

    def _to_local_date(self, moment):
        """Return the local date, in the warehouse's time zone, of a naive UTC datetime
        (or False).
        """
        return moment and pytz.utc.localize(moment).astimezone(self._get_zone()).date()

    def _get_zone(self):
        """Return the time zone in which this commitment's days begin and end."""
        company = self.company_id
        return pytz.timezone(zone_of(company, calendar_of(company, self.warehouse_id)))

    def _get_today(self):
        """Return today's local date at the commitment's warehouse."""
        return self._to_local_date(fields.Datetime.now())

    def _change_promise(self, date_new, origin, *, is_accepted=False, **evidence):
        """Record a new date and move what it may move.

        :param date_new: local date
        :param origin: ``customer`` (he asked) or ``internal``
        :param is_accepted: the customer accepted our date; always true for what he
            asked
        :param evidence: ``proof``, ``reason`` and ``source`` of the revisions
        :return: the new ``adv.commitment.revision`` records
        """
        is_agreed = is_accepted or origin == "customer"
        # sudo: called by the wizard and by the order's own write, which check the
        # rights; the columns are readonly for everybody.
        commitments = self.sudo()
        common = {
            "kind": "date",
            "origin": origin,
            "is_accepted": is_agreed,
            "date_new": date_new,
            "user_id": self.env.uid,
            "source": "wizard",
            **evidence,
        }
        revisions = commitments.revision_ids.create(
            [{**common, **each._prepare_revision_vals()} for each in commitments]
        )
        commitments.filtered(lambda each: not each.date_promise)._set_dates(
            date_promise=date_new, date_first_promise=date_new, date_headline=date_new
        )
        if origin == "customer":
            # Asked for after the day has passed, another date repairs nothing.
            unmissed = commitments.filtered(lambda each: not each.first_due_count)
            unmissed._set_dates(date_headline=date_new)
        if is_agreed:
            commitments._set_dates(date_promise=date_new, date_announced=date_new)
        self._touch(commitments.sale_line_id.ids)
        # Who was promised first is served first: others who wait move too.
        self._touch_goods(commitments.product_id.ids)
        return revisions

    def _prepare_revision_vals(self):
        """Return what a revision of the date tells of the commitment so far."""
        return {
            "commitment_id": self.id,
            "order_id": self.order_id.id,
            "company_id": self.company_id.id,
            "date_old": self.date_promise,
            "date_effective": self._get_today(),
        }

    def _set_dates(self, **dates):
        if self:
            self.write(dates)

    # ----------------------------------------------------------------------------------
    # Passing a new date on to Odoo
    # ----------------------------------------------------------------------------------

    def _reschedule(self, date_new, is_agreed):
        """Pass a changed date on: to the stock moves, and when agreed to the orders.

        Only a date that the customer agreed to reaches ``commitment_date`` (portal and
        PDF print it) and the deadlines; it does so when all open lines of the order
        share it.
        """
        for order, commitments in self.grouped("order_id").items():
            moves = commitments.sale_line_id.move_ids.filtered(
                lambda move: (
                    move.state not in ("done", "cancel")
                    and not move.location_id._is_outgoing()
                )
            )
            commitments[:1]._shift_moves(
                moves, date_new, order.company_id.security_lead if is_agreed else 0
            )
            if not is_agreed:
                continue
            moment = commitments[:1]._at_usual_time(date_new, order.commitment_date)
            rest = order.adv_commitment_ids.filtered(
                lambda commitment: commitment.status in OPEN_STATUSES
            )
            if all(commitment.date_promise == date_new for commitment in rest):
                order.with_context(adv_promise=RECORDED).commitment_date = moment
            else:
                moves.filtered(
                    lambda move: move.location_dest_id.usage == "customer"
                ).date_deadline = moment

    def _shift_moves(self, moves, date_new, lead_days):
        """Shift open moves together so that the last one leaves on the date less the
        lead.
        """
        if not moves:
            return
        last = max(self._to_local_date(move.date) for move in moves)
        day = self._to_departure(date_new) - timedelta(days=int(lead_days))
        delta = day - last
        for moment, same in moves.grouped("date").items():
            same.date = moment + delta

    def _at_usual_time(self, day, moment):
        """Return the naive UTC datetime of a local day, at the local time of ``moment``
        or noon.
        """
        zone = self._get_zone()
        clock = (
            pytz.utc.localize(moment).astimezone(zone).time() if moment else time(12)
        )
        local = zone.localize(datetime.combine(day, clock))
        return local.astimezone(pytz.utc).replace(tzinfo=None)
