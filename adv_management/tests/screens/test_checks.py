"""Promises whose dates cannot be right: found, counted, said, put right."""

from odoo.fields import Domain
from odoo.tests import tagged

from ..common import AdvCommon


@tagged("post_install", "-at_install")
class TestChecks(AdvCommon):
    def get_issue(self, order, today="2026-03-03"):
        """Return what is to check about an order's only promise."""
        self.refresh(today)
        order.adv_commitment_ids.invalidate_recordset()
        with self.act(f"{today} 11:00:00"):
            return order.adv_commitment_ids.data_issue

    def get_note(self, order, today="2026-03-03"):
        order.adv_commitment_ids.invalidate_recordset()
        with self.act(f"{today} 11:00:00"):
            return order.adv_commitment_ids.data_issue_note

    def find(self, *domain, user=None):
        commitments = self.env["adv.commitment"].with_user(user or self.env.user)
        with self.act("2026-03-03 11:00:00"):
            return commitments.search(
                Domain("company_id", "=", self.company.id) & Domain(*domain)
            )

    def test_promise_that_makes_sense(self):
        order = self.sell(5, promise="2026-03-13", adv_date_requested="2026-03-13")
        self.assertFalse(self.get_issue(order))
        self.assertFalse(order.adv_commitment_ids.data_issue_note)

    # Each check -----------------------------------------------------------------------

    def test_line_without_a_date(self):
        order = self.sell(5)
        self.assertEqual(self.get_issue(order), "unpromised")
        self.assertIn("No date was promised.", self.get_note(order))
        self.change_promise(order, "2026-03-13", "accepted", at="2026-03-03 09:00:00")
        self.assertFalse(self.get_issue(order))

    def test_promise_already_past_at_confirmation(self):
        order = self.sell(5, promise="2026-02-27")
        self.assertEqual(self.get_issue(order), "past")
        self.assertIn(
            "Promised February 27, a day already past when the order was confirmed "
            "(March 2).",
            self.get_note(order),
        )
        self.assertFalse(self.get_issue(self.sell(5, promise="2026-03-02")))

    def test_year_that_was_mistyped(self):
        order = self.sell(5, promise="2062-03-13")
        self.assertEqual(self.get_issue(order), "far")
        self.assertIn("March 13, 2062, more than two years", self.get_note(order))
        self.assertFalse(self.get_issue(self.sell(5, promise="2028-03-01")))

    def test_order_shows_another_date_than_the_promise(self):
        order = self.sell(5, promise="2026-03-13")
        with self.act("2026-03-02 10:00:00"):
            order.commitment_date = "2026-03-20 12:00:00"
        self.assertEqual(self.get_issue(order), "order_date")
        self.assertIn(
            "The customer reads March 20 on the order, but March 13 is promised.",
            self.get_note(order),
        )
        self.change_promise(order, "2026-03-20", "accepted", at="2026-03-03 09:00:00")
        self.assertFalse(self.get_issue(order))

    def test_order_late_in_the_evening_shows_the_local_day(self):
        order = self.sell(5, promise="2026-03-12 23:30:00")
        self.assertEqual(str(order.adv_commitment_ids.date_promise), "2026-03-13")
        self.assertFalse(self.get_issue(order))

    def test_order_shows_the_date_of_one_of_its_lines(self):
        order = self.sell(5, 3, promise="2026-03-13")
        first, _second = order.adv_commitment_ids
        self.change_promise(first, "2026-03-20", "accepted", at="2026-03-03 09:00:00")
        self.assertEqual(str(order.commitment_date)[:10], "2026-03-13")
        self.assertFalse(self.find("data_issue", "!=", False))

    def test_promise_before_the_requested_date(self):
        order = self.sell(5, promise="2026-03-13", adv_date_requested="2026-03-30")
        self.assertEqual(self.get_issue(order), "requested")
        self.assertIn(
            "The customer asked for March 30, but March 13 is promised.",
            self.get_note(order),
        )

    def test_warehouse_works_to_a_later_date(self):
        order = self.sell(5, promise="2026-03-13")
        order.picking_ids.move_ids.date_deadline = "2026-03-18 12:00:00"
        self.assertEqual(self.get_issue(order), "deadline")
        self.assertIn("deadline is March 18, but March 13", self.get_note(order))
        self.change_promise(order, "2026-03-13", "accepted", at="2026-03-03 09:00:00")
        self.assertFalse(self.get_issue(order))

    def test_later_deadline_of_what_is_late_anyway_is_no_news(self):
        order = self.sell(5, promise="2026-03-13")
        order.picking_ids.move_ids.date_deadline = "2026-03-18 12:00:00"
        self.assertFalse(self.get_issue(order, "2026-03-16"))

    def test_promise_overdue_for_months(self):
        order = self.sell(5, promise="2026-03-13")
        self.assertFalse(self.get_issue(order, "2026-06-11"))
        self.assertEqual(self.get_issue(order, "2026-06-12"), "stale")

    def test_what_is_over_needs_no_check(self):
        delivered = self.sell(5, promise="2026-02-27")
        self.deliver(delivered, at="2026-03-03 09:00:00")
        cancelled = self.sell(5)
        self.cancel_rest(cancelled, at="2026-03-03 09:00:00")
        self.assertFalse(self.get_issue(delivered))
        self.assertFalse(self.get_issue(cancelled))

    # Searched, counted, allowed -------------------------------------------------------

    def test_searched_as_shown(self):
        fine = self.sell(5, promise="2026-03-13").adv_commitment_ids
        past = self.sell(5, promise="2026-02-27").adv_commitment_ids
        undated = self.sell(5).adv_commitment_ids
        self.assertEqual(self.find("data_issue", "!=", False), past | undated)
        self.assertEqual(self.find("data_issue", "=", "past"), past)
        self.assertEqual(self.find("data_issue", "!=", "past"), fine | undated)
        self.assertEqual(self.find("data_issue", "=", False), fine)
        found = self.find("data_issue", "in", ["past", "unpromised"])
        self.assertEqual(found, past | undated)
        with self.act("2026-03-03 11:00:00"):
            self.assertEqual(
                (fine | past | undated).filtered_domain([("data_issue", "!=", False)]),
                past | undated,
            )

    def test_groups_count_what_their_lists_hold(self):
        self.sell(5, 3, promise="2026-02-27")
        self.sell(5)
        with self.act("2026-03-03 11:00:00"):
            groups = self.env["adv.commitment"].formatted_read_group(
                [("company_id", "=", self.company.id), ("data_issue", "!=", False)],
                ["data_issue"],
                ["__count"],
            )
        counts = {group["data_issue"]: group["__count"] for group in groups}
        self.assertEqual(counts, {"past": 2, "unpromised": 1})
        for code, count in counts.items():
            self.assertEqual(len(self.find("data_issue", "=", code)), count)

    def test_seen_by_whom_the_promise_concerns(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        other = self._create_user("other", "sales_team.group_sale_salesman")
        desk = self._create_user("desk", "adv_management.group_adv_user")
        order = self.sell(5, promise="2026-02-27", user_id=seller.id)
        found = order.adv_commitment_ids
        self.assertEqual(self.find("data_issue", "=", "past", user=seller), found)
        self.assertEqual(self.find("data_issue", "=", "past", user=desk), found)
        self.assertFalse(self.find("data_issue", "=", "past", user=other))
        self.assertIn("Promised", found.with_user(seller).data_issue_note)

    def test_queries_do_not_grow_with_the_rows(self):
        def count(orders):
            rows = self.env["adv.commitment"].browse(orders.adv_commitment_ids.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.mapped("data_issue_note")
            return self.env.cr.sql_log_count - before

        orders = self.env["sale.order"]
        for _each in range(5):
            orders |= self.sell(5, 3, promise="2026-02-27")
        count(orders[:1])
        self.assertLessEqual(count(orders), count(orders[:2]))
