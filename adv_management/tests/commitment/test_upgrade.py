"""An upgrade from a ledger that did not measure all that is measured now."""

from odoo.tests import tagged

from ..common import AdvCommon
from ..upgrades import upgrade


@tagged("post_install", "-at_install")
class TestUpgrade(AdvCommon):
    def test_what_people_chose_and_promised_before_stays(self):
        order = self.sell(5, 5, promise="2026-03-13")
        chosen, free = order.adv_commitment_ids
        carrier = self.env.ref("adv_management.adv_delay_cause_carrier")
        chosen.cause_id = carrier
        self.refresh("2026-03-03")
        self.env.cr.execute(
            "UPDATE adv_commitment SET basis = NULL, transit_days = NULL,"
            " is_cause_manual = NULL WHERE order_id = %s",
            [order.id],
        )
        self.env.invalidate_all()
        upgrade(self.env, "19.0.1.0.0", "19.0.1.1.0")
        self.env.cr.execute("SELECT sale_line_id FROM adv_commitment_todo")
        noted = {line for (line,) in self.env.cr.fetchall()}
        self.assertLessEqual(set(order.order_line.ids), noted)
        self.refresh("2026-03-03")
        self.assertEqual(chosen.cause_id, carrier)
        self.assertFalse(free.cause_id)
        for commitment in chosen, free:
            self.assertEqual(
                (commitment.basis, commitment.transit_days), ("departure", 0)
            )

    def test_day_to_leave_of_open_promises_is_found(self):
        self.company.write({"adv_promise_basis": "arrival", "adv_transit_days": 2})
        order = self.sell(5, promise="2026-03-13")
        self.assertCommitment(order, date_to_leave="2026-03-11")
        self.env.cr.execute("UPDATE adv_commitment SET date_to_leave = NULL")
        self.env.invalidate_all()
        upgrade(self.env, "19.0.1.2.0", "19.0.1.3.0")
        self.refresh("2026-03-03")
        self.assertCommitment(order, date_to_leave="2026-03-11")
