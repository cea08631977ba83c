"""In which order goods are prepared: by the day they must leave, then by how badly it
stands.
"""

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import AdvCommon

PREPARATION = "adv_date_to_leave, adv_urgency, adv_promise_status, scheduled_date, id"


@tagged("post_install", "-at_install")
class TestPreparation(AdvCommon):
    def _search(self, *domain, user=None, **options):
        pickings = self.env["stock.picking"].with_user(user or self.env.user)
        ours = ("company_id", "=", self.company.id)
        return pickings.search([ours, *domain], **options)

    def test_promise_is_the_earliest_of_what_is_open(self):
        order = self.sell(10, 5, promise="2026-03-10")
        first, second = order.adv_commitment_ids
        self.change_promise(first, "2026-03-12", "accepted", at="2026-03-03 09:00:00")
        self.assertEqual(str(order.picking_ids.adv_date_promise), "2026-03-10")
        self.change_promise(second, "2026-03-13", "accepted", at="2026-03-03 09:00:00")
        self.env.invalidate_all()
        self.assertEqual(str(order.picking_ids.adv_date_promise), "2026-03-12")

    def test_what_has_left_has_no_promise_any_more(self):
        order = self.sell(10, 5, promise="2026-03-10")
        done = self.deliver(order, [10, 0], at="2026-03-04 09:00:00")
        rest = order.picking_ids - done
        self.assertFalse(done.adv_date_promise)
        self.assertEqual(str(rest.adv_date_promise), "2026-03-10")
        self.assertEqual(rest.adv_promise_status, "on_time")

    def test_promise_is_a_local_day(self):
        # half past midnight in Paris
        order = self.sell(10, promise="2026-03-09 23:30:00")
        self.assertEqual(str(order.picking_ids.adv_date_promise), "2026-03-10")

    def test_a_deadline_is_not_a_promise(self):
        order = self.sell(10, promise="2026-03-10")
        order.picking_ids.move_ids.date_deadline = "2026-03-20 12:00:00"
        self.assertEqual(str(order.picking_ids.adv_date_promise), "2026-03-10")
        self.assertEqual(order.picking_ids, self._search(limit=1, order=PREPARATION))

    def test_lists_are_sorted_by_promise_then_by_how_bad_it_is(self):
        scarce = self._create_product("Fonte", stock=0)
        later = self.sell(1, promise="2026-03-12")
        fine = self.sell(1, promise="2026-03-10")
        bad = self.sell((scarce, 1), promise="2026-03-10")
        early = self.sell(1, promise="2026-03-06")
        self.assertCommitment(bad, status="will_be_late")
        free = self.sell(1).picking_ids.copy()
        free.action_confirm()
        expected = [each.picking_ids for each in (early, bad, fine, later)]
        found = self._search(
            ("id", "in", (early | bad | fine | later).picking_ids.ids + free.ids),
            order=PREPARATION,
        )
        self.assertEqual(list(found), [*expected, free])

    def test_what_travels_longer_is_prepared_earlier(self):
        near = self.sell(1, promise="2026-03-13")
        self.company.adv_promise_basis = "arrival"
        self.company.adv_transit_days = 2
        far = self.sell(1, promise="2026-03-16")  # a Monday: leaves on Thursday
        self.assertEqual(str(far.picking_ids.adv_date_to_leave), "2026-03-12")
        self.assertEqual(str(near.picking_ids.adv_date_to_leave), "2026-03-13")
        both = (near | far).picking_ids
        self.assertEqual(
            self._search(("id", "in", both.ids), order=PREPARATION).ids,
            both.ids[::-1],
        )

    def test_of_one_day_the_most_severe_alert_comes_first(self):
        scarce = self._create_product("Fonte", stock=0)
        small = self.sell((scarce, 1), promise="2026-03-10")
        large = self.sell((scarce, 5000), promise="2026-03-10")
        alerts = self.env["adv.delay.alert"].search(
            [("order_id", "in", (small | large).ids)], order="severity desc"
        )
        self.assertEqual(alerts.order_id.ids, [large.id, small.id])
        self.assertGreater(alerts[0].severity, alerts[1].severity)
        self.assertEqual(large.picking_ids.adv_urgency, alerts[0].severity_level)
        self.assertEqual(
            self._search(
                ("id", "in", (small | large).picking_ids.ids), order=PREPARATION
            ),
            (large | small).picking_ids,
        )
        alerts[0].sudo().state = "dismissed"
        self.env.invalidate_all()
        self.assertFalse(large.picking_ids.adv_urgency)
        self.assertEqual(self._search(("adv_urgency", "!=", False)), small.picking_ids)

    def test_odoo_s_own_order_and_states_stay(self):
        first = self.sell(1, promise="2026-03-12")
        second = self.sell(1, promise="2026-03-10")
        model = self.env["stock.picking"]
        self.assertEqual(model._order, "priority desc, scheduled_date asc, id desc")
        self.assertEqual(
            (first | second).picking_ids.mapped("state"), ["assigned", "assigned"]
        )
        self.assertEqual(
            self._search(("id", "in", (first | second).picking_ids.ids)),
            (second | first).picking_ids,
        )
        self.assertNotIn("adv_date_promise", self._columns())

    def _columns(self):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'stock_picking'"
        )
        return {name for (name,) in self.env.cr.fetchall()}

    def test_transfers_are_found_and_grouped_by_promise_and_status(self):
        late = self.sell(1, promise="2026-03-04")
        soon = self.sell(1, promise="2026-03-10")
        self.refresh("2026-03-06")
        with self.act("2026-03-06 12:00:00"):
            self.assertEqual(
                self._search(("adv_date_promise", "<=", "today")), late.picking_ids
            )
        self.assertEqual(
            self._search(("adv_promise_status", "=", "late")), late.picking_ids
        )
        self.assertEqual(
            self._search(
                ("adv_date_promise", "=", False), ("id", "in", soon.picking_ids.ids)
            ),
            self.env["stock.picking"],
        )
        groups = self.env["stock.picking"]._read_group(
            [("id", "in", (late | soon).picking_ids.ids)],
            ["adv_date_promise:day", "adv_promise_status"],
            ["__count"],
        )
        self.assertEqual(
            [(str(day), status, count) for day, status, count in groups],
            [("2026-03-04", "late", 1), ("2026-03-10", "on_time", 1)],
        )

    def test_screen_lists_the_steps_on_their_way_to_customers(self):
        self.warehouse.delivery_steps = "pick_ship"
        step = self.sell(1, promise="2026-03-10").picking_ids
        receipt = self.receive(self.product, 5, "2026-03-05").picking_id
        action = self.env.ref("adv_management.stock_picking_action_preparation")
        domain = safe_eval(action.domain)
        self.assertLessEqual(step, self._search(*domain))
        self.assertFalse(receipt & self._search(*domain))

    def test_list_and_cards_have_this_order(self):
        action = self.env.ref("adv_management.stock_picking_action_preparation")
        for view, kind in action.views[:2]:
            arch = self.env["stock.picking"].get_view(view, kind)["arch"]
            self.assertEqual(etree.fromstring(arch).get("default_order"), PREPARATION)

    def test_storeman_sorts_the_list_without_any_right_on_sales(self):
        storeman = self._create_user("jean", "stock.group_stock_user")
        second = self.sell(1, promise="2026-03-12").picking_ids
        first = self.sell(1, promise="2026-03-10").picking_ids
        found = self._search(
            ("id", "in", (first | second).ids), user=storeman, order=PREPARATION
        )
        self.assertEqual(found.ids, (first | second).ids)
        self.assertEqual(
            [str(day) for day in found.mapped("adv_date_promise")],
            ["2026-03-10", "2026-03-12"],
        )

    def test_change_in_this_transaction_is_sorted_by(self):
        first = self.sell(1, promise="2026-03-10")
        second = self.sell(1, promise="2026-03-12")
        both = first.picking_ids | second.picking_ids
        self.assertEqual(
            self._search(("id", "in", both.ids), order=PREPARATION).ids, both.ids
        )
        self.change_promise(second, "2026-03-06", "accepted", at="2026-03-03 09:00:00")
        self.assertEqual(
            self._search(("id", "in", both.ids), order=PREPARATION).ids,
            both.ids[::-1],
        )

    def test_many_transfers_cost_no_more_queries_than_one(self):
        orders = [self.sell(1, promise="2026-03-10") for _each in range(5)]
        pickings = orders[0].picking_ids.union(*(each.picking_ids for each in orders))

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("adv_date_promise")
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(pickings), count(pickings[0]))
