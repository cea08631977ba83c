from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..papers.common import read_sheet
from .common import NoticeCommon


@tagged("post_install", "-at_install")
class TestLongNotices(NoticeCommon):
    """A notice about many lines stays an e-mail that readers do not cut."""

    def test_first_lines_in_the_words_and_all_in_a_file(self):
        order = self.sell_slipping(*[1] * 45, client_order_ref="PO 45")
        message = self.preview(order)
        words = " ".join(html2plaintext(message.body).split())
        self.assertIn("5 more lines are in the attached file.", words)
        self.assertEqual(message.attachment_ids, message.listing_id)
        rows = list(
            read_sheet(message.listing_id.raw).iter_rows(min_row=5, values_only=True)
        )
        self.assertEqual(len(rows), 45)
        told = message.line_ids[:1]
        self.assertEqual(
            rows[0][:5], (order.name, "PO 45", told.name, 1, "Units"), rows[0]
        )
        self.assertEqual(
            [str(day)[:10] for day in rows[0][5:7]],
            [str(told.date_promise), str(told.date_announced)],
        )

    def test_it_leaves_with_its_file(self):
        message = self.preview(self.sell_slipping(*[1] * 41))
        self.send(message)
        self.assertEqual(message.state, "sent")
        [mail] = self._mails
        self.assertIn("All lines.xlsx", [name for name, *_rest in mail["attachments"]])

    def _preview_41(self):
        """Return the notice of 41 lines, of which the last one will recover."""
        rare = self._create_product("Buffet", stock=0)
        order = self.sell_late(*[(self.missing, 1)] * 40, (rare, 5))
        self.receive(self.missing, 40, "2026-03-17")
        self.receive(rare, 5, "2026-03-17")
        self.rare = rare
        message = self.preview(order)
        self.assertTrue(message.listing_id)
        return message

    def _recover(self, message):
        self.move_supply("2026-03-05", at="2026-03-04 09:00:00", product=self.rare)
        self.assertEqual(len(message.line_ids), 40)

    def test_a_line_less_and_no_file_is_needed(self):
        message = self._preview_41()
        self._recover(message)
        self.assertFalse(message.attachment_ids)

    def test_beside_words_of_a_person_the_file_stays_and_stays_true(self):
        message = self._preview_41()
        message.with_user(self.paule).body = "<p>All dates are in the file.</p>"
        self._recover(message)
        self.assertTrue(message.is_outdated)
        self.assertEqual(message.attachment_ids, message.listing_id)
        rows = read_sheet(message.listing_id.raw).iter_rows(min_row=5, values_only=True)
        self.assertEqual({row[2] for row in rows}, {self.missing.display_name})
