"""What controls cost whoever confirms."""

from odoo.tests import tagged

from ..common import MONDAY
from .common import ControlCase


@tagged("post_install", "-at_install")
class TestCost(ControlCase):
    """A control that stops costs one query; those for information cost no time."""

    def _queries(self, orders):
        """Return the number of queries of a confirmation and of its commit."""
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with self.act(MONDAY):
            orders.with_user(self.paule).action_confirm()
            self.env.cr.flush()
        return self.env.cr.sql_log_count - before

    def _count(self, lines=5, orders=1):
        """Return the fewest queries of two confirmations of such orders."""
        counts = []
        for _turn in range(2):
            made = [
                self.quote(*[10] * lines, promise="2026-03-10") for _o in range(orders)
            ]
            counts.append(self._queries(self.env["sale.order"].union(*made)))
        return min(counts)

    def _without_controls(self, **kwargs):
        controls = self.controls.search([])
        controls.active = False
        self._count(**kwargs)  # what only a first time costs
        count = self._count(**kwargs)
        controls.active = True
        return count

    def test_nothing_that_stops_costs_no_query(self):
        self.own("[('amount_total', '<', 0)]", severity="info")
        self.assertLessEqual(self._count() - self._without_controls(), 0)

    def test_own_control_costs_one_query_beside_the_evidence(self):
        bare = self._without_controls()
        counts = []
        for number in range(3):
            self.own(f"[('client_order_ref', '=', 'BAD{number}')]")
            self._count()
            counts.append(self._count() - bare)
        # its parameters, what was decided before, the order still there, the evidence
        self.assertLessEqual(counts[0], 4)
        self.assertEqual(counts[2], counts[0])

    def test_cost_does_not_grow_with_the_orders(self):
        self.own("[('client_order_ref', '=', 'BAD')]")
        extra = {}
        for orders in (1, 10):
            with_rule = self._count(lines=1, orders=orders)
            extra[orders] = with_rule - self._without_controls(lines=1, orders=orders)
        self.assertLessEqual(extra[10] - extra[1], 1)

    def _judge_cold(self, controls, orders):
        """Return the queries of controls on orders whose values are in memory."""
        controls.severity = "blocking"
        self.env.cr.flush()
        self.env.invalidate_all()
        orders.order_line.mapped("price_total")
        orders.partner_id.mapped("name")
        before = self.env.cr.sql_log_count
        self.env["adv.control"]._judge_documents(
            orders, ("confirmation",), ("blocking",)
        )
        count = self.env.cr.sql_log_count - before
        controls.severity = "info"
        return count

    def test_all_order_controls_together_cost_one_query_each(self):
        shipped = self.controls.search([("checkpoint", "=", "confirmation")])
        few = self.quote(*[10] * 5, promise="2026-03-10")
        self._judge_cold(shipped, few)  # what only a first time costs
        cost = self._judge_cold(shipped, few)
        # masters that the confirmation itself reads in any case come on top
        self.assertLessEqual(cost, len(shipped) + 10)
        more = [self.quote(10, 5, promise="2026-03-10") for _o in range(20)]
        self.assertLessEqual(self._judge_cold(shipped, few.union(*more)), cost + 1)

    def _check_in_job(self, orders):
        """Return the queries of the job that checks these confirmed orders."""
        self.controls._note(orders, "confirmation")
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.controls._run_pending()
        return self.env.cr.sql_log_count - before

    def test_many_customers_cost_as_many_queries_as_few(self):
        orders = self.env["sale.order"].union(
            *(
                self.sell(
                    (self._create_product(f"Article {number}"), 5),
                    partner_id=self.env["res.partner"].create({"name": str(number)}).id,
                    promise="2026-03-10",
                )
                for number in range(20)
            )
        )
        with self.act(MONDAY):
            self._check_in_job(orders[:3])  # what only a first time costs
            few = self._check_in_job(orders[:3])
            self.assertLessEqual(self._check_in_job(orders), few + 1)
