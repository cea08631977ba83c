from unittest.mock import patch

from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestAlertEngine(AlertCommon):
    """Alerts open, change and close by themselves, and never flicker."""

    # Opening and closing --------------------------------------------------------------

    def test_what_will_be_late_opens_an_alert(self):
        order = self.sell_late(10, promise="2026-03-10", at="2026-03-02 08:00:00")
        alert = self.assertAlert(
            order,
            state="open",
            date_opened="2026-03-02",
            date_promise="2026-03-10",
            date_predicted=False,
            amount_open=100.0,
            delay_working_days=0,
            # no supply, a customer without rank, 1 % of a large order
            severity=20,
            severity_level="low",
            date_deadline="2026-03-05",
            user_id=self.paule,
            partner_id=self.partner,
            currency_id=self.company.currency_id,
        )
        self.assertValues(
            alert.line_ids,
            commitment_id=order.adv_commitment_ids,
            is_open=True,
            amount_open=100.0,
            due_count=0,
            told_count=0,
        )

    def test_one_alert_for_all_lines_of_an_order(self):
        order = self.sell_late(10, 20, (self.product, 5), promise="2026-03-10")
        alert = self.assertAlert(order, amount_open=300.0)
        self.assertEqual(alert.line_ids.mapped("amount_open"), [100.0, 200.0])

    def test_what_is_at_risk_opens_none(self):
        order = self.sell_unreserved(10, promise="2026-03-03")
        self.assertCommitment(order, status="at_risk")
        self.assertFalse(self.get_alert(order))

    def test_alert_closes_when_the_goods_arrive(self):
        order = self.sell_late(10)
        self._stock_up(order, "2026-03-04 09:00:00")
        alert = self.assertAlert(order, state="closed", date_closed="2026-03-04")
        self.assertFalse(alert.activity_ids)
        self.assertValues(alert.line_ids, is_open=False, date_closed="2026-03-04")

    def test_a_line_that_recovers_leaves_the_others(self):
        other = self._create_product("Buffet", stock=0)
        order = self.sell_late(10, (other, 5))
        with self.act("2026-03-04 09:00:00"):
            self._set_stock(other, 5)
            order.picking_ids.action_assign()
            self._run_engine()
        alert = self.assertAlert(order, state="open", amount_open=100.0)
        self.assertEqual(alert.line_ids.mapped("is_open"), [True, False])

    def test_cancelled_order_closes_its_alert(self):
        order = self.sell_late(10)
        with self.act("2026-03-04 09:00:00"):
            order._action_cancel()
            self._run_engine()
        self.assertAlert(order, state="closed")

    def test_unchanged_rows_are_not_written(self):
        order = self.sell_late(10, 20)
        before = self._get_versions()
        self._measure(order, "2026-03-02 15:00:00")
        self.assertEqual(self._get_versions(), before)

    def test_activity_is_in_the_language_of_its_owner(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        handle = self.env.ref("adv_management.mail_activity_type_adv_delay")
        handle.with_context(lang="fr_FR").name = "Livraison en retard"
        self.paule.lang = "fr_FR"
        activity = self.get_alert(self.sell_late(10)).activity_ids
        self.assertValues(activity, user_id=self.paule, summary="Livraison en retard")
        self.assertIn(self.partner.name, activity.res_name)

    # Never flickering -----------------------------------------------------------------

    def test_back_on_the_same_day_is_the_same_alert(self):
        order = self.sell_late(10)
        alert = self.get_alert(order)
        alert.message_post(body=order.name)
        self._stock_up(order, "2026-03-04 09:00:00")
        self._take_stock(order, "2026-03-04 15:00:00")
        alert = self.assertAlert(
            order,
            id=alert.id,
            state="open",
            date_closed=False,
            date_opened="2026-03-02",
        )
        self.assertIn(order.name, "".join(alert.message_ids.mapped("body")))
        self.assertEqual(alert.activity_ids.user_id, self.paule)
        self.assertValues(alert.line_ids, is_open=True, date_closed=False)

    def test_back_on_another_day_is_a_new_alert(self):
        order = self.sell_late(10)
        self._stock_up(order, "2026-03-04 09:00:00")
        # 23:30 UTC is the next day in Paris
        self._take_stock(order, "2026-03-04 23:30:00")
        alerts = self.get_alert(order)
        self.assertEqual(alerts.mapped("state"), ["open", "closed"])
        self.assertEqual(str(alerts[0].date_opened), "2026-03-05")

    def test_dismissed_stays_dismissed_until_it_gets_worse(self):
        receipt = self.receive(self.missing, 10, "2026-03-16")
        order = self.sell_late(10, promise="2026-03-10")
        alert = self.assertAlert(order, delay_working_days=4)
        with self.act("2026-03-03 09:00:00"):
            alert._dismiss("Collects it himself")
        self.assertFalse(alert.activity_ids)
        self._postpone(receipt, "2026-03-18")
        self.assertAlert(order, state="dismissed", delay_working_days=6)
        self._postpone(receipt, "2026-03-19")
        self.assertAlert(order, state="open", delay_working_days=7)
        self.assertEqual(alert.activity_ids.user_id, self.paule)
        self.assertIn("To be handled again", alert.message_ids[0].body)

    def test_dismissed_comes_back_with_a_new_line(self):
        other = self._create_product("Buffet", stock=5)
        order = self.sell_late(10, (other, 5))
        with self.act("2026-03-03 09:00:00"):
            self.get_alert(order)._dismiss("Known")
            self._set_stock(other, -5)
            order.picking_ids.do_unreserve()
            self._run_engine()
        self.assertAlert(order, state="open", amount_open=150.0)

    def test_dismissed_and_recovered_is_over(self):
        order = self.sell_late(10)
        with self.act("2026-03-03 09:00:00"):
            self.get_alert(order)._dismiss("Known")
        self._stock_up(order, "2026-03-04 09:00:00")
        self.assertAlert(order, state="dismissed", date_closed="2026-03-04")
        self._take_stock(order, "2026-03-09 09:00:00")
        self.assertEqual(self.get_alert(order).mapped("state"), ["open", "dismissed"])

    # How urgent -----------------------------------------------------------------------

    def test_rank_amount_and_delay_make_it_urgent(self):
        self.partner.adv_rank = "A"
        self.receive(self.missing, 500, "2026-03-16")
        order = self.sell_late(500, promise="2026-03-10")
        # 4 working days: 20; half a large order: 12.5; rank A: 25
        self.assertAlert(
            order,
            severity=58,
            severity_level="high",
            date_deadline="2026-03-03",
        )

    def test_deadline_lets_the_customer_hear_of_it_in_time(self):
        order = self.sell_late(10, promise="2026-03-05")
        self.assertAlert(order, severity_level="low", date_deadline="2026-03-04")

    def test_rising_severity_brings_the_deadline_forward(self):
        order = self.sell_late(10, promise="2026-03-03", at="2026-03-03 08:00:00")
        alert = self.assertAlert(
            order, severity_level="low", date_deadline="2026-03-06"
        )
        self.refresh("2026-03-05")
        self.assertAlert(
            order,
            severity=30,
            severity_level="medium",
            delay_working_days=2,
            date_deadline="2026-03-06",
        )
        self.partner.adv_rank = "A"
        self.refresh("2026-03-06")
        self.assertAlert(order, severity=50, date_deadline="2026-03-06")
        self.assertEqual(str(alert.activity_ids.date_deadline), "2026-03-06")

    def test_amounts_are_in_the_company_s_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 2,
            }
        )
        prices = self.env["product.pricelist"].create(
            {"name": "USD", "currency_id": dollar.id, "company_id": self.company.id}
        )
        order = self.sell_late(10, pricelist_id=prices.id)
        self.assertEqual((order.currency_rate, order.amount_untaxed), (2, 100))
        self.assertAlert(order, amount_open=50.0)

    # Nobody is held up ----------------------------------------------------------------

    def test_what_a_user_holds_is_noted_again(self):
        order = self.sell_late(10)
        other = self.sell_late(20)
        Alert = self.registry["adv.delay.alert"]
        update = Alert._write_alerts

        def leave_one(alerts, rows):
            return update(alerts, [row for row in rows if row["order_id"] != order.id])

        with (
            patch.object(Alert, "_write_alerts", leave_one),
            self.act("2026-03-11 09:00:00"),
        ):
            self.env["adv.commitment"]._refresh((order + other).order_line.ids)
        self.assertAlert(order, delay_working_days=0)
        self.assertAlert(other, delay_working_days=1)
        todo = self.env["adv.commitment.todo"].search([])
        self.assertEqual(todo.mapped("sale_line_id"), order.order_line.ids)
        with self.act("2026-03-11 09:00:30"):
            self._run_engine()
        self.assertAlert(order, delay_working_days=0)
        with self.act("2026-03-11 09:01:00"):
            self._run_engine()
        self.assertAlert(order, delay_working_days=1)

    def test_many_alerts_take_no_more_queries_than_one(self):
        few = self.sell_late(1)
        many = self.env["sale.order"].union(
            *(self.sell_late(*[1] * 3) for _number in range(5))
        )
        counts = [self._count_queries(orders, 11) for orders in (few, many)]
        self.assertEqual(*counts)
        closed = [self._count_queries(orders, 12, late=False) for orders in (few, many)]
        self.assertEqual(*closed)
        self.assertEqual(set(self.get_alert(many).mapped("state")), {"closed"})

    # Helpers --------------------------------------------------------------------------

    def _stock_up(self, order, at):
        with self.act(at):
            self._set_stock(self.missing, 10)
            order.picking_ids.action_assign()
            self._run_engine()

    def _take_stock(self, order, at):
        with self.act(at):
            order.picking_ids.do_unreserve()
            self._set_stock(self.missing, -10)
            self._run_engine()

    def _postpone(self, receipt, day):
        with self.act("2026-03-03 10:00:00"):
            receipt.date = f"{day} 10:00:00"
            self._run_engine()

    def _measure(self, orders, at):
        with self.act(at):
            self.env["adv.commitment"]._refresh(orders.order_line.ids)

    def _get_versions(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT 'alert', id, ctid::text FROM adv_delay_alert"
            " UNION ALL SELECT 'line', id, ctid::text FROM adv_delay_alert_line"
            " UNION ALL SELECT 'activity', id, ctid::text FROM mail_activity"
            " ORDER BY 1, 2"
        )
        return self.env.cr.fetchall()

    def _count_queries(self, orders, day, *, late=True):
        """Return the queries that opening, or closing, the alerts of orders takes."""
        lines = orders.order_line.ids
        Alert = self.alerts.sudo()
        status = "late" if late else "on_time"
        self.env.flush_all()
        if late:
            Alert.search([("order_id", "in", orders.ids)]).unlink()
        self.env.cr.execute(
            "UPDATE adv_commitment SET status = %s WHERE sale_line_id = ANY(%s)",
            (status, lines),
        )
        self.env.invalidate_all()
        with self.act(f"2026-03-{day} 09:00:00"):
            before = self.env.cr.sql_log_count
            Alert._sync(lines, self.env["adv.commitment"]._get_frame())
            return self.env.cr.sql_log_count - before
