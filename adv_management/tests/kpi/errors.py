"""Entry errors, for the figures that are made of them."""

from odoo import Command
from odoo.fields import Datetime

from ...models.entry_error.proposal import Proposal
from ..common import AdvCommon

_DECIDE = {
    "confirmed": "action_is_error",
    "rejected": "action_is_no_error",
    "customer_change": "action_is_customer_change",
}


class ErrorFlows:
    """For cases about figures: ``self.found(order, "PRX", day="2026-03-10")`` is an
    error that was suspected and that somebody confirmed.
    """

    desk = None  # who decides

    @classmethod
    def get_type(cls, code):
        return cls.env.ref(f"adv_management.adv_entry_error_type_{code.lower()}")

    @classmethod
    def found(cls, order, code, line=None, *, day, state="confirmed", **vals):
        """Return an error found at noon of a day, as somebody has decided about it."""
        errors = cls.env["adv.entry.error"]
        proposal = Proposal(
            order.id,
            code,
            source=vals.pop("source", "person"),
            evidence=f"test,{errors.search_count([])}",
            at=Datetime.to_datetime(f"{day} 11:00:00"),
            line_id=line and line.id,
            extra=vals,
        )
        found = errors._propose([proposal])
        if state in _DECIDE:
            getattr(found.with_user(cls.desk or cls.env.user), _DECIDE[state])()
        return found


class ErrorMonth(ErrorFlows, AdvCommon):
    """The month of the trade: ten orders, 40 product lines, 3 sections, 1 deposit.

    O1 has two wrong prices and a wrong address, O2 a wrong date; in O3 a suspected
    price was rejected, in O4 a wrong price was caught before the confirmation.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls._create_user("rate_desk", "adv_management.group_adv_user")
        cls.price_rule = cls.create_control("Price")
        cls.orders = cls.write_orders(10)
        one, two, three, four = cls.orders[:4]
        rule = {"source": "control", "control_id": cls.price_rule.id}
        cost = {"amount_cost": 60, "minutes": 10}
        cls.caught(four, "PRX", cls.product_lines(four)[0], amount_cost=99, **rule)
        cls.confirm(cls.orders)
        for line in cls.product_lines(one)[:2]:
            cls.found(one, "PRX", line, day="2026-03-10", **cost, **rule)
        cls.found(one, "ADL", day="2026-03-12", minutes=5)
        cls.found(two, "DEL", day="2026-03-12", amount_cost=0.5)
        line = cls.product_lines(three)[0]
        cls.found(three, "PRX", line, day="2026-03-09", state="rejected", **rule)

    @classmethod
    def write_orders(cls, count, **vals):
        """Return drafts of four product lines; of the first four, three have a section,
        one a deposit.
        """
        product = {"product_id": cls.product.id}
        section = {"display_type": "line_section", "name": "Salon"}
        deposit = {**product, "is_downpayment": True, "product_uom_qty": 0}
        extras = [section, section, section, deposit] if count > 4 else []
        lines = [Command.create(product)] * 4
        with cls.act("2026-03-02 08:00:00"):
            return cls.env["sale.order"].create(
                [
                    {
                        "partner_id": cls.partner.id,
                        "company_id": cls.company.id,
                        "order_line": lines
                        + list(map(Command.create, extras[n : n + 1])),
                        **vals,
                    }
                    for n in range(count)
                ]
            )

    @classmethod
    def confirm(cls, orders):
        with cls.act("2026-03-05 08:00:00"):
            orders.action_confirm()

    @classmethod
    def create_control(cls, name):
        return cls.env["adv.control"].create({"name": name, "method": "manual"})

    @classmethod
    def product_lines(cls, order):
        return order.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )

    @classmethod
    def caught(cls, order, code, line=None, **vals):
        return cls.found(order, code, line, day="2026-03-04", **vals)
