from unittest.mock import patch

from odoo import Command
from odoo.fields import Datetime
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ...models.field_log.adv_field_log import as_text
from ...models.field_log.watched import MODEL_OF, WATCHED
from ..common import AdvCommon
from .common import queries_about


@tagged("post_install", "-at_install")
class TestFieldLog(AdvCommon):
    """Who wrote which value when, on orders and lines, in draft and later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assistant = new_test_user(
            cls.env,
            "assistant",
            "adv_management.group_adv_user",
            company_id=cls.company.id,
        )
        cls.order = cls.sell(5, confirm=False)
        cls.line = cls.order.order_line

    def entries(self, order=None):
        """Return the entries of an order, oldest first, as after a commit."""
        self.env.cr.flush()
        return self.env["adv.field.log"].search(
            [("order_id", "=", (order or self.order).id)], order="id"
        )

    def assertLogged(self, *expected):
        self.assertEqual(
            [(e.field_name, e.value_old, e.value_new) for e in self.entries()],
            list(expected),
        )

    def test_a_price_typed_in_a_draft_tells_who_and_when(self):
        with freeze_time("2026-03-03 09:00:00"):
            self.line.with_user(self.assistant).price_unit = 8.5
        self.assertRecordValues(
            self.entries(),
            [
                {
                    "line_id": self.line.id,
                    "company_id": self.company.id,
                    "user_id": self.assistant.id,
                    "date": Datetime.to_datetime("2026-03-03 09:00:00"),
                    "field_name": "price_unit",
                    "value_old": "10",
                    "value_new": "8.5",
                }
            ],
        )

    def test_the_same_value_again_is_no_change(self):
        self.line.write(
            {"price_unit": 10.0, "product_uom_qty": 5, "product_id": self.product.id}
        )
        self.assertLogged()

    def test_the_author_is_who_was_logged_in_even_under_sudo(self):
        self.order.with_user(self.assistant).sudo().client_order_ref = "PO 7"
        self.assertEqual(self.entries().user_id, self.assistant)

    def test_what_was_given_at_creation_belongs_to_the_creator(self):
        order = self.sell((self.product, 3), confirm=False, client_order_ref="PO 8")
        self.assertFalse(self.entries(order))
        self.assertEqual(order.order_line.create_uid, self.env.user)

    def test_odoo_s_own_computation_is_nobody_s_entry(self):
        other = self._create_product("Bench", list_price=70)
        self.line.product_id = other
        self.env.flush_all()
        self.assertEqual(self.line.price_unit, 70)
        self.assertLogged(("product_id", str(self.product.id), str(other.id)))

    def test_a_form_saved_on_a_confirmed_order_logs_header_and_lines(self):
        self.order.action_confirm()
        with Form(self.order.with_user(self.assistant)) as form:
            form.client_order_ref = "PO 9"
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 6
        self.assertEqual(
            {
                (e.field_name, e.value_old, e.value_new, e.user_id)
                for e in self.entries()
            },
            {
                ("client_order_ref", False, "PO 9", self.assistant),
                ("product_uom_qty", "5", "6", self.assistant),
            },
        )

    def test_a_transaction_makes_one_insert(self):
        self.order.order_line = [
            Command.create({"product_id": self.product.id}) for _ in range(3)
        ]
        with queries_about(self.env, "INTO adv_field_log") as queries:
            self.order.client_order_ref = "PO 10"
            for line in self.order.order_line:
                line.write({"price_unit": 7, "discount": 5})
        self.assertEqual(len(queries), 1)
        self.assertEqual(len(self.entries()), 1 + 4 * 2)

    def test_what_is_not_watched_is_neither_read_nor_written(self):
        line_class = self.env.registry["sale.order.line"]
        with (
            queries_about(self.env, "INTO adv_field_log") as queries,
            patch.object(line_class, "_adv_snapshot") as snapshot,
        ):
            self.line.write({"sequence": 3})
        self.assertFalse(queries)
        snapshot.assert_not_called()

    def test_what_is_not_saved_yet_is_not_logged(self):
        order = self.env["sale.order"].new({"partner_id": self.partner.id})
        order.write({"client_order_ref": "PO 11"})
        self.env.cr.flush()
        self.assertFalse(
            self.env["adv.field.log"].search([("value_new", "=", "PO 11")])
        )

    def test_confirming_logs_nothing(self):
        with queries_about(self.env, "INTO adv_field_log") as queries:
            self.order.action_confirm()
        self.assertFalse(queries)

    def test_a_line_removed_from_a_quotation_is_remembered_by_its_name(self):
        self.line.name = "Oak chair\nwith armrests"
        self.line.unlink()
        self.assertRecordValues(
            self.entries(),
            [
                {
                    "line_id": False,
                    "line_label": "Oak chair",
                    "field_name": "product_id",
                    "value_old": str(self.product.id),
                    "value_new": False,
                }
            ],
        )

    def test_a_change_survives_the_line_it_was_made_on(self):
        self.line.price_unit = 9
        self.env.cr.flush()
        self.line.unlink()
        self.env.invalidate_all()
        self.assertLogged(
            ("price_unit", "10", "9"), ("product_id", str(self.product.id), False)
        )
        self.assertFalse(self.entries().line_id)

    def test_a_deleted_order_takes_its_log_with_it(self):
        self.line.price_unit = 9
        self.order.unlink()
        self.env.cr.flush()
        self.assertFalse(
            self.env["adv.field.log"].search_count([("field_name", "=", "price_unit")])
        )

    def test_dates_addresses_and_taxes_are_spelt_one_way(self):
        ours = {
            "name": "20 %",
            "company_id": self.company.id,
            "country_id": self.env.ref("base.fr").id,
        }
        group = self.env["account.tax.group"].create(ours)
        tax = self.env["account.tax"].create(
            {**ours, "amount": 20, "tax_group_id": group.id}
        )
        address = self.env["res.partner"].create(
            {"name": "Depot", "parent_id": self.partner.id, "type": "delivery"}
        )
        self.line.tax_ids = tax
        self.order.write(
            {
                "commitment_date": "2026-03-12 10:00:00",
                "partner_shipping_id": address.id,
            }
        )
        self.assertLogged(
            ("tax_ids", False, str(tax.id)),
            ("commitment_date", False, "2026-03-12 10:00:00"),
            ("partner_shipping_id", str(self.partner.id), str(address.id)),
        )

    def test_the_list_shows_names_not_numbers(self):
        address = self.env["res.partner"].create(
            {"name": "Depot", "parent_id": self.partner.id, "type": "delivery"}
        )
        self.order.partner_shipping_id = address
        entry = self.entries()
        self.assertEqual(entry.field_label, "Delivery Address")
        self.assertEqual(
            (entry.label_old, entry.label_new),
            ("Garage Martin", "Garage Martin, Depot"),
        )

    def test_numbers_are_written_as_the_reader_does(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        line = self.order.order_line[0]
        for price, english, french in (
            (1234.5, "1,234.50", "1\N{NARROW NO-BREAK SPACE}234,50"),
            (180, "180", "180"),
            (0.125, "0.125", "0,125"),
        ):
            line.price_unit = price
            entry = self.entries()[-1]
            for lang, label in (("en_US", english), ("fr_FR", french)):
                shown = entry.with_context(lang=lang).label_new
                self.assertEqual(shown.replace("\N{NO-BREAK SPACE}", "\u202f"), label)
        for typed in ("about ten", "nan", "inf", "1e5"):
            entry = entry.new({"field_name": "price_unit", "value_new": typed})
            self.assertEqual(entry.label_new, "100,000" if typed == "1e5" else typed)
        entry = entry.new({"field_name": "tax_ids", "value_new": "20 %, reduced"})
        self.assertEqual(entry.label_new, "20 %, reduced")

    def test_a_vanished_record_is_shown_by_its_number(self):
        self.order.partner_shipping_id = self.env["res.partner"].create(
            {"name": "Depot"}
        )
        gone = self.order.partner_shipping_id
        self.order.partner_shipping_id = self.partner
        first = self.entries()[0]
        gone.unlink()
        self.env.invalidate_all()
        self.assertEqual(first.label_new, str(gone.id))

    def test_entries_are_kept_for_the_company_s_time(self):
        with freeze_time("2025-06-01 09:00:00"):
            self.line.price_unit = 8
            self.env.cr.flush()
        with freeze_time("2026-03-01 09:00:00"):
            self.line.price_unit = 9
            self.env.cr.flush()
        with freeze_time("2026-06-02 09:00:00"):
            self.env["adv.field.log"]._gc_expired()
            self.assertEqual(
                len(self.entries()), 2, "24 months unless the company says otherwise"
            )
            self.company.adv_field_log_months = 12
            self.env.flush_all()
            self.env["adv.field.log"]._gc_expired()
        self.env.invalidate_all()
        self.assertLogged(("price_unit", "8", "9"))

    def test_every_watched_field_exists(self):
        optional = {"carrier_id"}  # only with Odoo's "delivery"
        missing = {
            name
            for model, names in WATCHED.items()
            for name in names
            if name not in self.env[model]._fields
        }
        self.assertLessEqual(missing, optional)
        self.assertEqual(
            len(MODEL_OF),
            sum(len(names) for names in WATCHED.values()),
            "a name says its model",
        )

    def test_spelling_of_values(self):
        self.assertEqual(as_text(0.1 + 0.2), "0.3")
        self.assertEqual(as_text(-0.0), "0")
        self.assertEqual(as_text(1234567.25), "1234567.25")
        self.assertIsNone(as_text(""))
        self.assertIsNone(as_text(False))
        self.assertIsNone(as_text(self.env["res.partner"]))
