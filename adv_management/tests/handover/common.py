"""An order that the warehouse is preparing, and what is noted on its transfer."""

from lxml import html

from ..common import AdvCommon

TUESDAY = "2026-03-03 09:00:00"


class ReleasedCommon(AdvCommon):
    """Ten chairs for Quai Nord, promised for 10 March and reserved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dock = cls.env["res.partner"].create(
            {
                "name": "Quai Nord",
                "parent_id": cls.partner.id,
                "type": "delivery",
                "street": "3 rue du Port",
                "city": "Nantes",
            }
        )
        cls.assistant = cls._create_user(
            "paule", "adv_management.group_adv_manager", "base.group_partner_manager"
        )
        cls.storeman = cls._create_user("jean", "stock.group_stock_user")
        cls.order = cls.sell(
            10, promise="2026-03-10", partner_shipping_id=cls.dock.id
        ).with_user(cls.assistant)
        cls.picking = cls.order.sudo().picking_ids
        cls.env.cr.flush()

    def _notes(self, picking=None):
        """Return the lines of each note, oldest first."""
        messages = (picking or self.picking).message_ids.sorted("id")
        return [
            html.fromstring(message.body).xpath("//li/text()")
            for message in messages
            if "after its release" in (message.body or "")
        ]

    def _commit(self):
        self.env.cr.flush()
