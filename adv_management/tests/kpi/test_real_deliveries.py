from odoo.tests import tagged

from ...kpi.catalogue import COMMITMENT, KPIS
from ..common import AdvCommon

RATES = list(KPIS.rates(COMMITMENT))
MARCH = ("2026-03-01", "2026-03-31")


@tagged("post_install", "-at_install")
class TestRealDeliveries(AdvCommon):
    """The figures of orders confirmed, shipped, cut and moved as in life."""

    def rates(self, period=MARCH, today="2026-04-01"):
        self.refresh(today)
        with self.act(f"{today} 11:00:00"):
            total = self.env["adv.kpi"]._evaluate(RATES, *period).total
        return {code: figure.value for code, figure in total.items()}

    def sell_and_deliver(self, quantity, *deliveries):
        order = self.sell(quantity, promise="2026-03-10")
        for at, delivered in deliveries:
            self.deliver(order, delivered, at=at)
        return order

    def the_four_lines(self):
        self.sell_and_deliver(10, ("2026-03-10 22:30:00", 10))
        self.sell_and_deliver(
            10, ("2026-03-09 10:00:00", 6), ("2026-03-12 10:00:00", 4)
        )
        self.sell_and_deliver(10, ("2026-03-08 10:00:00", 10))
        return self.sell(10, promise="2026-03-10")

    def test_four_lines_with_a_rest_cancelled_later(self):
        third = self.the_four_lines()
        self.deliver(third, 8, at="2026-03-10 10:00:00")
        self.cancel_rest(third, at="2026-03-15 10:00:00")
        expected = {
            "otd_first_rate": 0.5,
            "otd_rate": 0.5,
            "in_full_rate": 0.75,
            "fill_rate": 0.85,
        }
        self.assertEqual(
            self.rates(), {**expected, "otif_first_rate": 0.5, "otif_rate": 0.5}
        )

    def test_four_lines_with_a_rest_refused_on_the_day(self):
        third = self.the_four_lines()
        self.deliver(third, 8, at="2026-03-10 10:00:00", backorder=False)
        expected = {
            "otd_first_rate": 0.75,
            "otd_rate": 0.75,
            "in_full_rate": 0.75,
            "fill_rate": 0.85,
        }
        self.assertEqual(
            self.rates(), {**expected, "otif_first_rate": 0.5, "otif_rate": 0.5}
        )

    def test_promise_of_today_is_judged_when_the_day_is_over(self):
        self.sell(10, promise="2026-03-10")
        self.assertEqual(self.rates(today="2026-03-10"), dict.fromkeys(RATES))
        self.assertEqual(self.rates(today="2026-03-11")["otd_rate"], 0)

    def test_what_left_early_waits_for_its_day(self):
        order = self.sell(10, promise="2026-03-20")
        self.deliver(order, 10, at="2026-03-10 10:00:00")
        self.assertIsNone(self.rates(today="2026-03-12")["otd_rate"])
        self.assertEqual(self.rates(today="2026-03-23")["otd_rate"], 1)

    def test_late_line_leaves_the_backlog_when_it_is_shipped(self):
        order = self.sell(10, promise="2026-03-10")
        self.refresh("2026-03-11")
        self.assertEqual(self.late_lines(), order.adv_commitment_ids)
        self.deliver(order, 10, at="2026-03-11 12:00:00")
        self.assertFalse(self.late_lines())

    def late_lines(self):
        action = self.env["adv.kpi"].action_open("late_lines", *MARCH)
        lines = self.env["adv.commitment"].search(action["domain"])
        total = (
            self.env["adv.kpi"]
            ._evaluate(["late_lines"], "2026-03-01", "2026-03-31")
            .total
        )
        self.assertEqual(total["late_lines"].value, len(lines))
        return lines
