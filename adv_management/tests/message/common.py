"""Writing to customers, with a mail server that only notes what it is given."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command, fields
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server
from odoo.addons.mail.tests.common import MockEmail

from ..common import AdvCommon

NOON = "2026-03-03 11:00:00"  # Tuesday, 12:00 in Paris
FRIDAY_NIGHT = "2026-03-06 20:30:00"
MONDAY_MORNING = "2026-03-09 06:00:00"  # 7:00 in Paris


class MessageCommon(AdvCommon, MockEmail):
    """The desk's owner Paule, the customer Garage Martin and its contacts.

    ``compose`` writes messages, ``send`` sends one by the button, ``run_queue`` is
    Odoo's mail queue followed by our scheduled action.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "adv@delorme.example"
        cls.paule = cls._create_user("paule", "adv_management.group_adv_user")
        cls.paule.partner_id.email = "paule@delorme.example"
        cls.other = cls.env["res.partner"].create(
            {"name": "Hôtel du Lac", "email": "accueil@lac.example"}
        )

    @classmethod
    def contact(cls, name, email=None, customer=None, **vals):
        """Return a contact of the customer, by default with an address of his name."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "email": f"{name.lower()}@garage.example" if email is None else email,
                "parent_id": (customer or cls.partner).id,
                **vals,
            }
        )

    def compose(self, *keys, at=NOON, partner=None, kind="delay", **vals):
        with self.act(at):
            return self.env["adv.customer.message"]._compose(
                [
                    {
                        "kind": kind,
                        "key": key,
                        "company_id": self.company.id,
                        "partner_id": (partner or self.partner).id,
                        "user_id": self.paule.id,
                        **vals,
                    }
                    for key in keys or ("a",)
                ]
            )

    def line(self, order, **vals):
        """Return the command that adds the first line of an order to a message."""
        line = order.order_line[:1]
        return Command.create(
            {
                "order_id": order.id,
                "commitment_id": order.adv_commitment_ids[:1].id,
                "name": line.name,
                "product_uom_qty": line.product_uom_qty,
                "product_uom_id": line.product_uom_id.id,
                "date_promise": "2026-03-10",
                "date_announced": "2026-03-17",
                **vals,
            }
        )

    def send(self, messages, at=NOON):
        with self.act(at):
            messages.with_user(self.paule).action_send()

    def run_cron(self, at=NOON):
        """Run our scheduled action, its commits being flushes."""

        def flush(cron, *_args, **_kwargs):
            cron.env.flush_all()
            return float("inf")

        cron = type(self.env["ir.cron"])
        with self.act(at), patch.object(cron, "_commit_progress", flush):
            self.env["adv.customer.message"]._cron_send()

    def run_queue(self, at=NOON, error=None, refused=()):
        """Send what Odoo's queue holds, then let the scheduled action learn of it.

        :param error: raised by the mail server when it is connected to
        :param refused: addresses that it refuses
        """
        with self.act(at), self.mock_mail_gateway(), self._broken(error, refused):
            self.env["mail.mail"].process_email_queue()
        self.run_cron(at)

    @contextmanager
    def _broken(self, error, refused):
        send = IrMail_Server.send_email

        def send_or_refuse(server, message, *args, **kwargs):
            if any(address in message["To"] for address in refused):
                raise RuntimeError("550 no such user")
            return send(server, message, *args, **kwargs)

        with (
            patch.object(IrMail_Server, "send_email", send_or_refuse),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            if not error:
                yield
                return
            server = type(self.env["ir.mail_server"])
            with patch.object(server, "_connect__", side_effect=error):
                yield

    def mails(self, messages):
        """Return all e-mails of Odoo's queue that carry these messages."""
        return self.env["mail.mail"].search(
            [("model", "=", messages._name), ("res_id", "in", messages.ids)]
        )

    def sent_to(self):
        """Return whom the last run of the queue wrote to."""
        return [address for mail in self._mails for address in mail["email_to"]]

    def assertMoment(self, found, expected):
        self.assertEqual(fields.Datetime.to_string(found), expected)
