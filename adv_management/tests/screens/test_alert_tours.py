"""From the alert to the customer's answer, and from the warehouse to the desk."""

import re
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import AdvCommon
from ..notice.common import NoticeCommon

_LINK = re.compile(r'href="([^"]*/adv/order/[^"]+)"')


@tagged("post_install", "-at_install")
class TestNoticeTour(NoticeCommon, HttpCase):
    """Dates are relative to the real today: the browser's clock cannot be set."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whenever this runs, messages may leave.
        cls.company.write(
            {
                "adv_quiet_from": 0,
                "adv_quiet_to": 0,
                "resource_calendar_id": cls._create_calendar(
                    "Every day", "Europe/Paris", "0123456"
                ).id,
            }
        )
        cls.partner.lang = "en_US"
        cls.today = fields.Date.today()

    def test_alert_to_acceptance(self):
        order = self._sell_what_comes_late()
        alert = self.assertAlert(order, state="open")
        self.start_tour("/odoo", "adv_notice_send", login="paule")
        message = self.messages.search([("order_ids", "in", order.ids)])
        day = message.line_ids.date_announced
        self.assertValues(message, state="outgoing", sender_id=self.paule)
        self.assertGreater(day, self.today + timedelta(days=9))

        self.run_queue(fields.Datetime.to_string(fields.Datetime.now()))
        [mail] = self._mails
        self.assertEqual(mail["email_to"], ['"Garage Martin" <martin@garage.example>'])
        self.assertIn("Dear Mr Martin", mail["body"])
        self.assertEqual(message.state, "sent")
        self.assertEqual(alert.state, "informed")

        [link] = _LINK.findall(mail["body"])
        self.start_tour(link.removeprefix(self.base_url()), "adv_portal_accept")
        self._run_engine()
        commitment = order.adv_commitment_ids
        self.assertCommitment(order, date_promise=str(day), status="on_time")
        self.assertRecordValues(
            commitment.revision_ids.filtered("answer_id"),
            [{"is_accepted": True, "proof": "portal", "date_new": day}],
        )
        self.assertEqual(alert.state, "closed")
        self.assertEqual(order.activity_ids.user_id, self.paule)
        written = self.messages.search([("partner_id", "=", self.partner.id)])
        self.assertEqual(written, message)

    def _sell_what_comes_late(self):
        at = f"{self.today - timedelta(days=10)} 09:00:00"
        order = self.sell_late(10, promise=str(self.today + timedelta(days=3)), at=at)
        self.receive(self.missing, 10, str(self.today + timedelta(days=9)), at=at)
        self._run_engine()
        return order


@tagged("post_install", "-at_install")
class TestFloorTour(AdvCommon, HttpCase):
    def test_warehouse_reports_and_the_desk_sees(self):
        jean = self._create_user("jean", "stock.group_stock_user")
        paule = self._create_user("paule", "adv_management.group_adv_user")
        today = fields.Date.today()
        order = self.sell(
            (self._create_product("Fonte", stock=3), 5),
            promise=str(today + timedelta(days=5)),
            at=f"{today} 00:00:00",
            adv_user_id=paule.id,
        )
        self.start_tour(
            f"/odoo/action-stock.action_picking_tree_all/{order.picking_ids.id}",
            "adv_floor_report",
            login="jean",
        )
        incident = self.env["adv.floor.incident"].search([("order_id", "=", order.id)])
        self.assertRecordValues(
            incident, [{"kind": "shortage", "user_id": jean.id, "owner_id": paule.id}]
        )
        self.start_tour("/odoo", "adv_floor_handle", login="paule")
        self.assertEqual(incident.state, "closed")
