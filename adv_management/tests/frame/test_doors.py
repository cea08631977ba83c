from odoo import Command
from odoo.tests import Form, new_test_user, tagged

from ..common import AdvCommon
from .common import queries_about


@tagged("post_install", "-at_install")
class TestDoors(AdvCommon):
    """Our fields on Odoo's models: filled where something is known, else silent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.bert = (
            new_test_user(
                cls.env,
                name,
                "adv_management.group_adv_user",
                company_id=cls.company.id,
            )
            for name in ("anna", "bert")
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.partner.id}
        )

    def _order(self, partner=None, **vals):
        return self.env["sale.order"].create(
            {"partner_id": (partner or self.partner).id, **vals}
        )

    # Owner

    def test_an_order_belongs_to_the_customer_s_assistant(self):
        self.partner.adv_user_id = self.anna
        self.assertEqual(self._order().adv_user_id, self.anna)

    def test_a_contact_follows_its_company_until_it_has_its_own(self):
        self.partner.adv_user_id = self.anna
        self.assertEqual(self._order(self.contact).adv_user_id, self.anna)
        self.contact.adv_user_id = self.bert
        self.assertEqual(self._order(self.contact).adv_user_id, self.bert)

    def test_each_company_has_its_own_portfolios(self):
        other = self.env["res.company"].create({"name": "Delorme Belgium"})
        self.partner.adv_user_id = self.anna
        self.partner.with_company(other).adv_user_id = self.bert
        self.assertEqual(self._order().adv_user_id, self.anna)
        self.assertEqual(
            self._order(company_id=other.id, warehouse_id=False).adv_user_id, self.bert
        )

    def test_a_given_owner_wins_and_a_cleared_one_stays_cleared(self):
        self.partner.adv_user_id = self.anna
        self.assertEqual(self._order(adv_user_id=self.bert.id).adv_user_id, self.bert)
        self.assertFalse(self._order(adv_user_id=False).adv_user_id)

    def test_an_assistant_who_left_gets_no_new_order(self):
        self.partner.adv_user_id = self.anna
        self.anna.active = False
        self.assertFalse(self._order().adv_user_id)

    def test_the_form_fills_the_owner_with_the_customer(self):
        self.partner.adv_user_id = self.anna
        order = self.env["sale.order"].new({"company_id": self.company.id})
        order.partner_id = self.partner
        order._onchange_partner_id_adv_user()
        self.assertEqual(order.adv_user_id._origin, self.anna)
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.partner
        self.assertEqual(form.record.adv_user_id, self.anna)

    def test_a_basket_gets_an_owner_when_its_buyer_is_known(self):
        self.partner.adv_user_id = self.anna
        basket = self._order(self.env["res.partner"].create({"name": "Visitor"}))
        self.assertFalse(basket.adv_user_id)
        basket.partner_id = self.partner
        self.assertEqual(basket.adv_user_id, self.anna)
        basket.partner_id = self.env["res.partner"].create(
            {"name": "Else", "adv_user_id": self.bert.id}
        )
        self.assertEqual(basket.adv_user_id, self.anna, "an owner is not taken away")

    def test_owners_of_many_orders_are_read_together(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {n}"} for n in range(8)]
        )
        partners.adv_user_id = self.anna
        counts = []
        for some in (partners[:2], partners):
            self.env.invalidate_all()
            with queries_about(self.env, '"res_partner"."adv_user_id"') as queries:
                self.env["sale.order"].create(
                    [{"partner_id": partner.id} for partner in some]
                )
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])

    # Channel

    def test_the_channel_is_set_where_it_shows(self):
        imported = (
            self.env["sale.order"]
            .with_context(import_file=True)
            .create({"partner_id": self.partner.id})
        )
        self.assertEqual(imported.adv_channel, "import")
        portal = new_test_user(
            self.env, "visitor", "base.group_portal", company_id=self.company.id
        )
        basket = (
            self.env["sale.order"]
            .with_user(portal)
            .sudo()
            .create({"partner_id": portal.partner_id.id})
        )
        self.assertEqual(basket.adv_channel, "portal")
        self.assertEqual(self._order(adv_channel="edi").adv_channel, "edi")

    def test_an_unknown_channel_stays_unknown(self):
        self.assertFalse(self._order().adv_channel)

    # Silence

    def test_a_copy_copies_nothing_of_ours(self):
        order = self.sell(
            1,
            adv_user_id=self.bert.id,
            adv_channel="edi",
            adv_date_received="2026-03-01 08:00:00",
            adv_date_requested="2026-03-20",
        )
        copy = order.copy()
        ours = [name for name in copy._fields if name.startswith("adv_")]
        self.assertFalse([name for name in ours if copy[name]])

    def test_our_columns_on_odoo_s_tables_are_nullable_and_without_default(self):
        self.env.cr.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
             WHERE table_schema = current_schema
               AND column_name LIKE 'adv\\_%' AND table_name NOT LIKE 'adv\\_%'
               AND (is_nullable = 'NO' OR column_default IS NOT NULL)
            """
        )
        self.assertFalse(self.env.cr.fetchall())

    def test_no_stored_compute_of_ours_on_odoo_s_models(self):
        stored = [
            str(field)
            for model in self.env.registry.values()
            if not model._name.startswith("adv.") and model._auto
            for field in model._fields.values()
            if field.name.startswith("adv_")
            and field.store
            and (field.compute or field.related)
        ]
        self.assertFalse(stored)

    def test_lines_added_by_command_are_logged_like_any_other(self):
        order = self._order(
            order_line=[Command.create({"product_id": self.product.id})]
        )
        order.order_line = [Command.update(order.order_line.id, {"discount": 4})]
        self.env.cr.flush()
        entry = self.env["adv.field.log"].search([("order_id", "=", order.id)])
        self.assertEqual((entry.field_name, entry.value_new), ("discount", "4"))
