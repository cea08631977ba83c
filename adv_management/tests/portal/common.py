"""Customers on the portal: they are sent a notice and open its link."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml import etree, html

from odoo import Command, http
from odoo.tests import HttpCase

from ..common import MONDAY, AdvCommon


class PortalCase(AdvCommon, HttpCase):
    """``notify`` announces dates by a message, ``open`` and ``answer`` are clicks of
    somebody who is not logged in.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls._create_user("paule", "adv_management.group_adv_user")
        cls.partner.write({"lang": "en_US", "phone": "01 23 45 67 89"})

    @classmethod
    def notify(cls, orders, day, *, at=MONDAY, key="notice", **vals):
        """Return the message that announces a date for all open lines of orders."""
        commitments = orders.adv_commitment_ids.sorted("id")
        with cls.act(at):
            message = cls.env["adv.customer.message"]._compose(
                [
                    {
                        "kind": "delay",
                        "key": key,
                        "company_id": cls.company.id,
                        "partner_id": cls.partner.id,
                        "order_ids": [Command.set(orders.ids)],
                        "line_ids": [
                            Command.create(
                                {
                                    "order_id": each.order_id.id,
                                    "commitment_id": each.id,
                                    "name": each.product_id.name,
                                    "product_uom_qty": each.qty_open,
                                    "date_promise": each.date_promise,
                                    "date_announced": day,
                                }
                            )
                            for each in commitments
                        ],
                        **vals,
                    }
                ]
            )
            message.sudo().write({"state": "sent", "date_sent": at})
            commitments._announce(day)
            cls._run_engine()
        return message

    @classmethod
    def get_token(cls, order, message, *, at=MONDAY):
        with cls.act(at):
            url = order._adv_get_answer_url(message)
        return PurePosixPath(urlsplit(url).path).name

    def open(self, token, *, at=MONDAY):
        """Return what the link shows."""
        with self.act(at):
            return self.url_open(f"/adv/order/{token}")

    def answer(self, token, kind, *, at=MONDAY, **params):
        """Return the page after an answer."""
        if not getattr(self, "session", None):
            self.authenticate(None, None)
        with self.act(at):
            return self.url_open(
                f"/adv/order/{token}",
                data={
                    "csrf_token": http.Request.csrf_token(self),
                    "kind": kind,
                    **params,
                },
            )

    def get_answers(self, order):
        return self.env["adv.customer.answer"].search([("order_id", "=", order.id)])

    def get_text(self, response):
        """Return the text of a page without its markup."""
        main = html.document_fromstring(response.text).find(".//main")
        etree.strip_elements(main, "script", "style", with_tail=False)
        return " ".join(" ".join(main.itertext()).split())
