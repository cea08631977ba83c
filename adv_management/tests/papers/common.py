"""Acknowledging orders and telling customers what is open."""

import io
from unittest.mock import patch

from ..message.common import MessageCommon


class PapersCommon(MessageCommon):
    """``acknowledge`` and ``report`` run the scheduled actions without commits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(patch.object(cls.env.cr, "commit", cls.env.cr.flush))

    @classmethod
    def set_mode(cls, mode, hours=8):
        cls.company.write({"adv_ack_mode": mode, "adv_ack_target_hours": hours})

    def acknowledge(self, at):
        with self.act(at):
            self.env["adv.order.confirmation"]._cron_acknowledge()

    def report(self, at):
        with self.act(at):
            self.env["res.partner"]._adv_cron_report_open_orders()

    def messages(self, *orders, kind="acknowledgement"):
        """Return the messages of these orders, the oldest first."""
        ids = [order.id for order in orders]
        return self.env["adv.customer.message"].search(
            [("kind", "=", kind), ("order_ids", "in", ids)], order="id"
        )

    def reports(self, *customers):
        return self.env["adv.customer.message"].search(
            [
                ("kind", "=", "open_orders"),
                ("partner_id", "in", [each.id for each in customers]),
            ],
            order="id",
        )


def read_sheet(content):
    """Return the only sheet of a file."""
    import openpyxl  # noqa: PLC0415

    return openpyxl.load_workbook(io.BytesIO(content)).active
