from odoo import Command
from odoo.tests import Form, tagged
from odoo.tests.common import users
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .common import IntakeCommon

THURSDAY = "2026-03-05 09:15:00"  # 10:15 in Paris


@tagged("post_install", "-at_install")
class TestQueue(IntakeCommon):
    """Orders waiting for entry, with their age in working hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.adv_user_id = cls.manager
        cls.old = cls.receive_mail(cls.attach(cls.write_mail(), "BC 1.pdf"))
        cls.new = cls.receive_mail(
            sender="inconnu@nulle.example",
            at=THURSDAY,
            Date="Thu, 5 Mar 2026 10:00:00 +0100",
        )
        cls.env.flush_all()

    def enter(self, order, **vals):
        order.order_line = [Command.create(vals or {"product_id": self.product.id})]

    def test_an_order_leaves_once_something_is_entered(self):
        self.assertEqual(self.queue(self.paule), self.old + self.new)
        self.enter(self.old, display_type="line_note", name="Voir le BC")
        self.assertIn(self.old, self.queue(self.paule), "a note is no goods")
        self.enter(self.old)
        self.assertEqual(self.queue(self.paule), self.new)
        self.assertFalse(self.old.adv_is_to_enter)
        self.old.order_line.filtered("product_id").unlink()
        self.assertIn(self.old, self.queue(self.paule), "it was taken off again")

    def test_an_order_leaves_when_it_is_cancelled_or_deleted(self):
        self.new.with_user(self.paule).action_cancel()
        self.assertEqual(self.queue(self.paule), self.old)
        self.old.unlink()
        self.assertFalse(self.queue(self.paule))

    def test_orders_that_come_otherwise_never_wait(self):
        empty = self.sell(confirm=False)
        self.assertFalse(empty.adv_is_to_enter)
        self.assertNotIn(empty, self.queue(self.paule))
        twin = self.old.copy()
        self.assertFalse(twin.adv_channel or twin.adv_mailbox_id)

    def test_the_age_counts_working_hours(self):
        with self.act(THURSDAY):
            # From 9:15 on Monday: 7.75 h + 2 x 9 h + 2.25 h
            self.assertEqual(self.old.adv_waiting_hours, 28.0)
            self.assertEqual(self.new.adv_waiting_hours, 0.25)
        self.env.invalidate_all()
        with self.act("2026-03-09 06:00:00"):  # 7:00 on the next Monday
            self.assertEqual(self.new.adv_waiting_hours, 16.0)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Férié",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": "2026-03-05 23:00:00",
                "date_to": "2026-03-06 22:59:59",
            }
        )
        self.env.invalidate_all()
        with self.act("2026-03-09 06:00:00"):
            self.assertEqual(self.new.adv_waiting_hours, 7.0)

    def test_an_order_without_a_date_waits_since_it_was_made(self):
        self.new.adv_date_received = False
        self.cr.execute(
            "UPDATE sale_order SET create_date = %s WHERE id = %s",
            ["2026-03-05 08:00:00", self.new.id],
        )
        self.env.invalidate_all()
        with self.act(THURSDAY):
            self.assertEqual(self.new.adv_waiting_hours, 1.25)

    def test_what_waits_longer_than_orders_are_acknowledged_within_is_late(self):
        self.company.adv_ack_target_hours = 8
        with self.act(THURSDAY):
            late = ("adv_is_entry_late", "=", True)
            self.assertEqual(self.queue(self.paule, late), self.old)
            self.assertEqual(self.queue(self.paule, "!", late), self.new)
            self.company.adv_ack_target_hours = 28
            self.env.invalidate_all()
            self.assertFalse(self.queue(self.paule, late))

    def test_a_page_costs_the_same_for_few_and_for_many(self):
        columns = ["adv_waiting_hours", "adv_is_unidentified", "adv_mail_subject"]
        page = self.queue(self.paule)
        page.read(columns)

        def cost(orders):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders.read(columns)
            return self.cr.sql_log_count - before

        few = cost(page)
        many = page.browse(
            self.sell(confirm=False, adv_channel="mail").id for _each in range(20)
        )
        self.assertEqual(cost(page + many), few)

    def test_the_queue_is_read_by_its_own_index(self):
        self.fill_with_orders(3000)  # among few, any index is as good as another
        orders = self.env["sale.order"].with_user(self.paule)
        query = orders._search([("adv_is_to_enter", "=", True)])
        self.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(line for (line,) in self.cr.fetchall())
        self.assertIn("sale_order_adv_to_enter_idx", plan)

    def fill_with_orders(self, number):
        """Repeat an order that was not received by e-mail."""
        pattern = self.sell(confirm=False)
        self.env.flush_all()
        stored = [
            name
            for name, field in pattern._fields.items()
            if name != "id" and field.store and field.column_type
        ]
        columns = SQL(", ").join(map(SQL.identifier, stored))
        self.cr.execute(
            SQL(
                "INSERT INTO sale_order (%s) SELECT %s"
                "  FROM sale_order, generate_series(1, %s) WHERE id = %s",
                columns,
                columns,
                number,
                pattern.id,
            )
        )

    @users("paule")
    def test_the_screen_finds_mine_and_those_without_customer(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "adv_management.sale_order_action_enter"
        )
        orders = self.env["sale.order"]
        view = orders.get_view(action["search_view_id"][0], "search")
        found = {}
        for name in ("mine", "unidentified", "late", "without_document"):
            node = self.env["ir.ui.view"].sudo().browse(view["id"])
            domain = node._get_combined_arch().find(f".//filter[@name='{name}']")
            domain = safe_eval(domain.get("domain"), {"uid": self.env.uid})
            with self.act(THURSDAY):
                found[name] = orders.search(safe_eval(action["domain"]) + domain)
        self.assertEqual(found["mine"], self.new)
        self.assertEqual(found["unidentified"], self.new)
        self.assertEqual(found["late"], self.old)
        self.assertEqual(found["without_document"], self.new)

    @users("paule")
    def test_an_order_is_entered_beside_its_document(self):
        view = self.env.ref("adv_management.sale_order_view_form_enter")
        usual = self.env.ref("sale.view_order_form")
        shown = [
            each.sudo()
            ._get_combined_arch()
            .xpath("//div[@class='o_attachment_preview']")
            for each in (view, usual)
        ]
        self.assertEqual([len(each) for each in shown], [1, 0])
        with Form(self.new.with_user(self.env.user), view) as form:
            self.assertTrue(form.adv_is_unidentified)
            form.partner_id = self.partner
            self.assertEqual(form.adv_user_id, self.manager, "his portfolio")
            with form.order_line.new() as line:
                line.product_id = self.product
        self.assertFalse(self.new.adv_is_unidentified or self.new.adv_is_to_enter)
        self.assertEqual(self.new.adv_channel, "mail")

    def test_the_figures_are_those_of_the_queue(self):
        kpi = self.env["adv.kpi"].with_user(self.paule)
        period = ("2026-03-01", "2026-03-31")
        codes = ["orders_to_enter", "orders_to_enter_late"]
        with self.act(THURSDAY):
            figures = kpi._evaluate(codes, *period, groupby=["user"])
            self.assertEqual([figures.total[code].value for code in codes], [2, 1])
            mine = figures.by["user"][self.paule]
            self.assertEqual([mine[code].value for code in codes], [1, 0])
            action = kpi.action_open("orders_to_enter_late", *period)
            orders = self.env[action["res_model"]].with_user(self.paule)
            self.assertEqual(orders.search(action["domain"]), self.old)
