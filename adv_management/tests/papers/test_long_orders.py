from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import PapersCommon, read_sheet

NOON = "2026-03-03 11:00:00"


@tagged("post_install", "-at_install")
class TestLongOrders(PapersCommon):
    """An order of many lines costs as many queries as one of fewer, and its e-mail
    stays one that readers do not cut.
    """

    def count(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with self.act(NOON):
            action()
            self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def costs(self, make, numbers=(5, 105)):
        self.count(make(1))
        return [self.count(make(number)) for number in numbers]

    def sell_lines(self, number, **vals):
        return self.sell(*[1] * number, promise="2026-03-10", **vals)

    def test_acknowledgement(self):
        self.set_mode("manual")

        def make(number):
            return self.sell_lines(number)._adv_compose_acknowledgements

        # without the file of all lines, and with it
        few, more, over, many = self.costs(make, (5, 40, 45, 105))
        self.assertEqual(more, few)
        self.assertEqual(many, over)
        self.assertEqual(over - few, 2)

    def test_open_order_report(self):
        def make(number):
            customer = self.env["res.partner"].create(
                {"name": f"C{number}", "email": f"c{number}@customer.example"}
            )
            self.sell_lines(number, partner_id=customer.id)
            return lambda: customer._adv_compose_open_orders(self.company)

        few, many = self.costs(make)
        self.assertEqual(many, few)

    def test_lines_on_the_portal(self):
        few, many = self.costs(
            lambda number: self.sell_lines(number)._adv_get_portal_lines
        )
        self.assertEqual(many, few)

    def write_about(self, number, **vals):
        """Return the acknowledgement of an order of so many lines."""
        self.set_mode("manual")
        with self.act(NOON):
            return self.sell_lines(number, **vals)._adv_compose_acknowledgements()

    def test_acknowledgement_shows_the_first_lines_and_a_file_has_all(self):
        message = self.write_about(500)
        words = " ".join(html2plaintext(message.body).split())
        self.assertIn("460 more lines are in the attached file.", words)
        self.assertEqual(words.count("Chaise"), 40)
        self.assertLess(len(message.body), 60_000)
        self.assertEqual(message.attachment_ids, message.listing_id)
        self.assertEqual(message.listing_id.name, "All lines.xlsx")
        sheet = read_sheet(message.listing_id.raw)
        rows = list(sheet.iter_rows(min_row=5, values_only=True))
        self.assertEqual(len(rows), 500)
        line = message.order_ids.order_line[:1]
        self.assertEqual(rows[0][0], line.name)
        self.assertEqual(rows[0][1:5], (1, "Units", line.price_unit, line.price_unit))
        self.assertEqual(str(rows[0][5])[:10], "2026-03-10")
        self.assertEqual(rows[0][6], "departure")

    def test_what_the_words_show_needs_no_file(self):
        message = self.write_about(40)
        self.assertFalse(message.attachment_ids)
        self.assertNotIn("more lines", message.body)

    def test_the_file_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.partner.lang = "fr_FR"
        message = self.write_about(41)
        self.assertEqual(message.listing_id.name, "Toutes les lignes.xlsx")
        self.assertEqual(read_sheet(message.listing_id.raw)["A4"].value, "Produit")

    def test_written_again_there_is_one_file_still(self):
        message = self.write_about(41)
        message.order_ids.order_line[0].product_uom_qty = 3
        with self.act(NOON):
            message.action_write_again()
        self.assertEqual(message.attachment_ids, message.listing_id)
        self.assertEqual(read_sheet(message.listing_id.raw)["B5"].value, 3)
