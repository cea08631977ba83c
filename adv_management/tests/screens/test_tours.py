"""What people do all day, in a real browser."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import date_utils

from ..common import AdvCommon


def _noon(day):
    return f"{day} 12:00:00"


@tagged("post_install", "-at_install")
class TestTours(AdvCommon, HttpCase):
    """Dates are relative to the real today: the browser's clock cannot be set."""

    def test_assistant_calls_a_late_customer(self):
        today = fields.Date.today()
        self.partner.phone = "01 23 45 67 89"
        self._create_user("desk_tour", "adv_management.group_adv_user")
        order = self.sell(
            10,
            promise=str(today - timedelta(days=10)),
            at=_noon(today - timedelta(days=20)),
        )
        self._run_engine()
        self.assertCommitment(order, status="late")
        self.start_tour("/odoo", "adv_commitment_call", login="desk_tour")
        commitment = order.adv_commitment_ids
        self.assertEqual(commitment.status, "on_time")
        self.assertEqual(commitment.date_promise.weekday(), 5)
        self.assertEqual(commitment.revision_ids.proof, "call")

    def test_assistant_checks_dates_that_cannot_be_right(self):
        today = fields.Date.today()
        self._create_user("check_tour", "adv_management.group_adv_user")
        self.sell(
            10,
            promise=str(today - timedelta(days=10)),
            at=_noon(today - timedelta(days=5)),
        )
        self.start_tour("/odoo", "adv_commitment_check", login="check_tour")

    def test_manager_reads_on_time_figures(self):
        month = date_utils.subtract(
            date_utils.start_of(fields.Date.today(), "month"), months=1
        )
        days = {day: str(month + timedelta(days=day - 1)) for day in (3, 8, 10, 18, 20)}
        self._create_user("manager_tour", "adv_management.group_adv_manager")
        kept = self.sell(10, promise=days[10], at=_noon(days[3]))
        moved = self.sell(10, promise=days[10], at=_noon(days[3]))
        self.deliver(kept, at=_noon(days[8]))
        self.change_promise(moved, days[20], "accepted", at=_noon(days[8]))
        self.deliver(moved, at=_noon(days[18]))
        self.start_tour("/odoo", "adv_on_time_figures", login="manager_tour")
