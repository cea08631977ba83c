import doctest
from collections import Counter
from datetime import date

from odoo.tests import BaseCase, tagged

from ...demo import clock, identity, masters, post, story, workdays
from ...demo.orders import FATES, ORDER_COUNT
from ...demo.script import KINDS, read_table
from ...demo.story import Story

# The beginnings that the French regulator keeps for fiction.
FICTION = ("+33 1 99 00", "+33 2 61 91", "+33 3 53 01", "+33 4 65 71", "+33 5 36 49")
TODAYS = [date(2026, 1, 1), date(2026, 5, 9), date(2026, 8, 16), date(2027, 11, 23)]


@tagged("post_install", "-at_install")
class TestScript(BaseCase):
    """The script of the demo story, before anybody plays it."""

    def test_examples_in_the_docstrings_hold(self):
        for module in (clock, identity, masters, post, story, workdays):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertTrue(result.attempted)
                self.assertFalse(result.failed)

    def test_same_day_same_story(self):
        for day in TODAYS:
            first, second = (
                [
                    (
                        order.customer,
                        order.fate,
                        order.confirmed,
                        order.promise,
                        order.lines,
                        order.mistake,
                    )
                    for order in Story(day).orders
                ]
                for _index in range(2)
            )
            self.assertEqual(first, second)

    def test_on_any_day_the_fates_are_as_many(self):
        for day in TODAYS:
            counts = Counter(order.fate for order in Story(day).orders)
            plain = ORDER_COUNT - sum(FATES.values())
            self.assertEqual(counts, {**FATES, "plain": plain}, day)

    def test_nothing_is_confirmed_or_shipped_in_the_future(self):
        for day in TODAYS:
            for order in Story(day).orders:
                self.assertLess(order.received, day)
                self.assertLessEqual(order.confirmed, day)
                for shipment in order.shipments:
                    self.assertLess(shipment.day, day)
                    self.assertGreaterEqual(shipment.day, order.confirmed)

    def test_every_kind_of_event_is_on_the_agenda(self):
        for day in TODAYS:
            kinds = {
                event.kind
                for _day, events in Story(day).agenda.days(day)
                for event in events
            }
            # the bank's statements depend on the invoices, what becomes of a stopped
            # order on its being stopped: they are noted on the way
            self.assertEqual(kinds, {*KINDS} - {"collect", "caught", "waived"})

    def test_no_customer_orders_the_same_again_soon(self):
        for day in TODAYS:
            told = Story(day)
            goods = Counter(
                (
                    order.customer,
                    order.confirmed.isocalendar()[:2],
                    *sorted((line.product, line.quantity) for line in order.lines),
                )
                for order in told.orders + told.quotations + told.lost
            )
            self.assertEqual(max(goods.values()), 1, day)

    def test_mistakes_are_typed_by_hand_and_corrected_by_a_colleague(self):
        for day in TODAYS:
            told = Story(day)
            owners = {row["ref"]: row["assistant"] for row in told.customers}
            self.assertTrue(12 <= len(told.mistaken) <= 21)
            for order in told.mistaken:
                mistake = order.mistake
                self.assertEqual(order.channel, "manual")
                self.assertNotEqual(mistake.by, owners[order.customer])
                if mistake.corrected:
                    self.assertTrue(order.confirmed < mistake.corrected < day)

    def test_mail_addresses_and_telephones_reach_nobody(self):
        for row in read_table("customers") + read_table("suppliers"):
            address = f"contact@{masters.slug(row['name'])}.example"
            self.assertRegex(address, r"^contact@[a-z0-9-]+\.example$")
        french = [
            row["phone"] for row in read_table("customers") if row["country"] == "FR"
        ]
        self.assertTrue(all(phone.startswith(FICTION) for phone in french))
