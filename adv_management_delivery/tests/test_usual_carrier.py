"""The carrier other than usual."""

from odoo.tests import tagged

from odoo.addons.adv_management.tests.control.common import ControlCase


@tagged("post_install", "-at_install")
class TestUsualCarrier(ControlCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fee = cls.env["product.product"].create({"name": "Port", "type": "service"})
        cls.usual, cls.other = cls.env["delivery.carrier"].create(
            [
                {"name": name, "product_id": fee.id, "company_id": cls.company.id}
                for name in ("Messagerie", "Express")
            ]
        )
        cls.partner.property_delivery_carrier_id = cls.usual

    @classmethod
    def get_control(cls, code):
        return cls.env.ref(f"adv_management_delivery.adv_control_{code}")

    def test_another_carrier_than_the_usual_one_stops(self):
        order = self.sell(10, confirm=False, carrier_id=self.other.id)
        self.assertFails(
            "usual_carrier",
            order,
            text="Express instead of Messagerie",
            field="carrier_id",
            seen=str(self.other.id),
            expected=str(self.usual.id),
        )
        self.set_blocking("usual_carrier")
        self.assertStops("usual_carrier", order)
        order.carrier_id = self.usual
        self.assertPasses("usual_carrier", order)

    def test_nothing_usual_or_nothing_chosen_is_not_compared(self):
        order = self.sell(10, confirm=False)
        self.assertPasses("usual_carrier", order)
        self.partner.property_delivery_carrier_id = False
        order.carrier_id = self.other
        self.assertPasses("usual_carrier", order)
