from datetime import date, datetime

from odoo.tests import tagged

from ...report.table_sheet import (
    AMOUNT,
    DATE,
    QUANTITY,
    TEXT,
    Amount,
    Column,
    TableSheet,
)
from .common import PapersCommon, read_sheet

COLUMNS = [
    Column("Name", TEXT, 20),
    Column("Day", DATE, 12),
    Column("How many", QUANTITY, 8),
    Column("How much", AMOUNT, 12),
]
EURO = '#,##0.00 "€"'


@tagged("post_install", "-at_install")
class TestSheet(PapersCommon):
    """The file a customer opens: real texts, dates and amounts, easy to filter."""

    def build(self, *rows, name="Sheet"):
        table = TableSheet(name, ["Title", "Company"], COLUMNS, "dd/mm/yyyy")
        return read_sheet(table.build(rows))

    def test_what_was_typed_stays_text(self):
        typed = [
            "=1+1",
            "@SUM(A1)",
            "+33 4 76",
            "0042",
            "http://evil.example",
            "mailto:x@y.example",
            "{=A1}",
            "a\nb",
            "\x07bell",
            " é ",
        ]
        sheet = self.build(*((text, None, 1, None) for text in typed))
        cells = [sheet.cell(row, 1) for row in range(5, 5 + len(typed))]
        self.assertEqual([cell.value for cell in cells][:8], typed[:8])
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertFalse(any(cell.hyperlink for cell in cells))

    def test_a_text_too_long_for_a_cell_is_cut(self):
        sheet = self.build(("x" * 40000, None, None, None))
        self.assertEqual(len(sheet["A5"].value), 32767)

    def test_dates_quantities_and_amounts_are_numbers(self):
        sheet = self.build(("a", date(2026, 3, 10), 2.5, Amount(1234.5, EURO)))
        _text, day, quantity, amount = sheet[5]
        self.assertEqual(day.value, datetime(2026, 3, 10))
        self.assertEqual(day.number_format, "dd/mm/yyyy")
        self.assertEqual((quantity.value, amount.value), (2.5, 1234.5))
        self.assertEqual(amount.number_format, EURO)

    def test_the_head_stays_and_filters(self):
        sheet = self.build(("a", None, 1, None), ("b", None, 2, None))
        self.assertEqual(
            [sheet["A1"].value, sheet["A2"].value, sheet["A4"].value],
            ["Title", "Company", "Name"],
        )
        self.assertEqual(sheet.freeze_panes, "A5")
        self.assertEqual(sheet.auto_filter.ref, "A4:D6")
        self.assertEqual(sheet.column_dimensions["A"].width, 20.7109375)

    def test_a_file_without_rows_has_its_head(self):
        self.assertEqual(self.build().auto_filter.ref, "A4:D4")

    def test_the_report_s_file_in_the_customer_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.partner.lang = "fr_FR"
        self.partner.name = "Garage/Martin"
        order = self.sell(10, promise="2026-03-10", client_order_ref="=A1")
        with self.act("2026-03-04 10:00:00"):
            lines = self.partner._adv_get_open_order_lines(self.company)
            name, content = self.partner._adv_get_open_orders_file(self.company, lines)
        self.assertTrue(name.endswith(" 2026-03-04.xlsx"))
        sheet = read_sheet(content)
        self.assertIn("Delorme & Fils", sheet["A2"].value)
        self.assertIn("04/03/2026", sheet["A3"].value)
        values = [cell.value for cell in sheet[6]]
        self.assertEqual(values[:3], [order.name, "=A1", "Chaise"])
        self.assertEqual(values[4:9], [10, 0, 10, 0, 100])
        self.assertEqual(values[9:11], [datetime(2026, 3, 10), None])
        self.assertEqual(sheet["I6"].number_format, EURO)
        self.assertEqual(sheet["J6"].number_format, "dd/mm/yyyy")

    def test_each_line_has_the_format_of_its_currency(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        prices = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )
        self.sell(10)
        self.sell(10, pricelist_id=prices.id)
        lines = self.partner._adv_get_open_order_lines(self.company)
        _name, content = self.partner._adv_get_open_orders_file(self.company, lines)
        sheet = read_sheet(content)
        self.assertEqual(
            [sheet["I6"].number_format, sheet["I7"].number_format],
            [EURO, '"¥" #,##0' if yen.position == "before" else '#,##0 "¥"'],
        )
