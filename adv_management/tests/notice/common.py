"""Telling customers of delays, in March 2026."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command

from odoo.addons.mail.tests.common import MockEmail

from ..alert.common import AlertCommon

TUESDAY = "2026-03-03 09:00:00"
WEDNESDAY = "2026-03-04 09:00:00"


class NoticeCommon(AlertCommon, MockEmail):
    """Goods promised for Tuesday the 10th come on Tuesday the 17th; the rule makes
    Thursday the 19th of it.

    ``preview`` goes through the wizard as Paule, ``send`` presses the button and lets
    the e-mails leave, ``run_auto`` is the scheduled action.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"adv_notice_mode": "manual", "email": "adv@delorme.example"})
        cls.messages = cls.env["adv.customer.message"]

    # What happens ---------------------------------------------------------------------

    @classmethod
    def create_customer(cls, name, **vals):
        email = f"{name.split()[0].lower()}@customer.example"
        return cls.env["res.partner"].create({"name": name, "email": email, **vals})

    @classmethod
    def sell_slipping(cls, *quantities, day="2026-03-17", **vals):
        """Return an order of goods that come on a day, a week late."""
        order = cls.sell_late(*quantities, **vals)
        lines = order.order_line.filtered(lambda line: line.product_id == cls.missing)
        cls.receive(cls.missing, sum(lines.mapped("product_uom_qty")), day)
        return order

    @classmethod
    def move_supply(cls, day, *, at, product=None):
        """Have all goods that are to come in come on another day."""
        with cls.act(at):
            cls.env["stock.move"].search(
                [
                    ("product_id", "=", (product or cls.missing).id),
                    ("picking_code", "=", "incoming"),
                    ("state", "not in", ("done", "cancel")),
                ]
            ).date = f"{day} 10:00:00"
            cls._run_engine()

    @classmethod
    def open_wizard(cls, records, at=TUESDAY, user=None):
        """Return the wizard over alerts or commitments, as Paule sees it."""
        with cls.act(at):
            action = records.with_user(user or cls.paule).action_inform_customer()
        wizard = cls.env[action["res_model"]].with_user(user or cls.paule)
        return wizard.browse(action["res_id"])

    @classmethod
    def preview(cls, orders, at=TUESDAY, **dates):
        """Return the drafts about the alerts of orders."""
        wizard = cls.open_wizard(cls.get_alerts(orders), at)
        wizard.write(dates)
        return cls.press_preview(wizard, at)

    @classmethod
    def press_preview(cls, wizard, at=TUESDAY):
        with cls.act(at):
            action = wizard.action_preview()
        if action.get("res_id"):
            return cls.messages.browse(action["res_id"])
        return cls.messages.search(action["domain"], order="id")

    @classmethod
    def get_alerts(cls, orders):
        return cls.alerts.search([("order_id", "in", orders.ids)])

    def send(self, messages, at=TUESDAY):
        with self.act(at):
            messages.with_user(self.paule).action_send()
        self.run_queue(at)

    def run_queue(self, at):
        """Let e-mails leave, and our scheduled action learn of it."""
        with self.act(at), self.mock_mail_gateway():
            self.env["mail.mail"].process_email_queue()
        with self.run_job(at):
            self.messages._cron_send()
            self._run_engine()

    def run_auto(self, at):
        """Run the scheduled action and return what it wrote."""
        before = self.messages.search([])
        with self.run_job(at):
            self.alerts._cron_send_notices()
        return self.messages.search([], order="id") - before

    @contextmanager
    def run_job(self, at):
        """Run a scheduled action within the test's transaction."""
        jobs = self.registry["ir.cron"]
        with self.act(at), patch.object(jobs, "_commit_progress", lambda *_, **__: 60):
            yield

    def bounce(self, message, at):
        with self.act(at):
            message._message_receive_bounce(self.partner.email, self.partner)
            self._run_engine()

    # Masters --------------------------------------------------------------------------

    def close(self, *days):
        """Close the company on these days."""
        self.calendar.global_leave_ids = [
            Command.create(
                {
                    "name": day,
                    "date_from": f"{day} 00:00:00",
                    "date_to": f"{day} 22:00:00",
                    "company_id": self.company.id,
                }
            )
            for day in days
        ]

    # What came of it ------------------------------------------------------------------

    def assertDates(self, messages, *expected):
        """Check ``(order, date so far, new date)`` of each line, in their order."""
        found = [
            (line.order_id, str(line.date_promise), str(line.date_announced))
            for line in messages.line_ids
        ]
        self.assertEqual(found, list(expected))
