from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import queries
from .adv_commitment_noting import RECORDED
from .clock import calendar_of, zone_of, zone_sql


class AdvCommitmentPromising(models.AbstractModel):
    """Makes promises, at confirmation and from history, and passes changed dates on to
    Odoo.
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
            " AS promise(line_id, promised_at, transit_days)"
            " WHERE NOT EXISTS (SELECT FROM adv_commitment known"
            "                    WHERE known.sale_line_id = promise.line_id)",
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
    # Local days
    # ----------------------------------------------------------------------------------

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

    # ----------------------------------------------------------------------------------
    # Passing a new date on to Odoo
    # ----------------------------------------------------------------------------------

    def _reschedule(self, date_new, is_agreed):
        """Pass a changed date on: to the stock moves, and when agreed to the orders.

        Only a date that the customer agreed to reaches ``commitment_date`` (portal and
        PDF print it) and the deadlines; it does so when all open lines of the order
        share it.
        """
        others = self.order_id.adv_commitment_ids.filtered(
            lambda commitment: commitment._get_present_promise() != date_new
        )
        divided = others._filter_open().order_id if is_agreed else self.order_id
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
            if order not in divided:
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
