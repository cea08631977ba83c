from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestPromiseRealism(AlertCommon):
    """What is promised against what is done, by product and supplier."""

    def test_figures_by_supplier(self):
        vendor = self.env["res.partner"].create({"name": "Bois du Jura"})
        self.product.seller_ids = [(0, 0, {"partner_id": vendor.id})]
        # promised in 8 days: one early, one in time, two late by 1 and 6 working days
        for day in ("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-18"):
            order = self.sell(1, promise="2026-03-10")
            self.deliver(order, at=f"{day} 09:00:00")
        [figures] = self.env["adv.promise.report"].formatted_read_group(
            [("product_id", "=", self.product.id)],
            ["supplier_id"],
            [
                "__count",
                "lead_promised_days:avg",
                "lead_real_days:avg",
                "promise_realism:avg",
                "delay_working_days:avg",
                "delay_median:avg",
                "kept_share:avg",
            ],
        )
        self.assertEqual(figures["supplier_id"][0], vendor.id)
        self.assertEqual(
            {name: value for name, value in figures.items() if ":" in name},
            {
                "lead_promised_days:avg": 8,
                "lead_real_days:avg": 10,
                "promise_realism:avg": 0.8,
                "delay_working_days:avg": 1.5,
                "delay_median:avg": 0.5,
                "kept_share:avg": 0.5,
            },
        )
