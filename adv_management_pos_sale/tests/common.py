"""A shop in the company, with a till of its own."""

from odoo import Command, fields

from odoo.addons.adv_management.tests.common import MONDAY, AdvCommon


class TillCommon(AdvCommon):
    """``settle`` is what the till sends when the customer has paid, by its cashier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        charts = cls.env["account.chart.template"]
        charts.try_loading("generic_coa", cls.company, install_demo=False)
        cls.company.point_of_sale_update_stock_quantities = "real"
        cls.product.taxes_id = False
        cash = cls.env["account.journal"].search(
            [("type", "=", "cash"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.cash = cls.env["pos.payment.method"].create(
            {"name": "Cash", "journal_id": cash.id, "company_id": cls.company.id}
        )
        cls.till = cls.env["pos.config"].create(
            {
                "name": "Shop",
                "company_id": cls.company.id,
                "payment_method_ids": [Command.set(cls.cash.ids)],
                "ship_later": True,
                "warehouse_id": cls.warehouse.id,
                "down_payment_product_id": cls.env["product.product"]
                .create({"name": "Acompte", "type": "service", "taxes_id": False})
                .id,
            }
        )
        cls.cashier = cls._create_user(
            "lea",
            "point_of_sale.group_pos_user",
            "sales_team.group_sale_salesman_all_leads",
        )
        with cls.act(MONDAY):
            cls.till.with_user(cls.cashier).open_ui()
            cls.session = cls.till.current_session_id
            cls.session.with_user(cls.cashier).set_opening_control(0, "")

    @classmethod
    def own(cls, domain, checkpoint="confirmation", severity="blocking"):
        """Make a control whose documents fail when they match."""
        return cls.env["adv.control"].create(
            {
                "name": "Own rule",
                "domain": domain,
                "checkpoint": checkpoint,
                "severity": severity,
            }
        )

    @classmethod
    def settle(cls, order, quantities=None, *, at=MONDAY, **vals):
        """Send the ticket by which a customer takes goods of an order; return it.

        :param quantities: by line, in the product's unit; all of the lines if None
        """
        lines = order.order_line
        quantities = quantities or lines.mapped("product_uom_qty")
        sold = [
            cls._prepare_ticket_line(line, qty)
            for line, qty in zip(lines, quantities, strict=True)
            if qty
        ]
        return cls._send(order, sold, at, vals)

    @classmethod
    def take_deposit(cls, order, amount, *, at=MONDAY):
        """Send the ticket of a deposit on an order; return it."""
        deposit = {
            "product_id": cls.till.down_payment_product_id.id,
            "qty": 1,
            "price_unit": amount,
            "price_subtotal": amount,
            "price_subtotal_incl": amount,
            "tax_ids": [],
            "pack_lot_ids": [],
            "sale_order_origin_id": order.id,
        }
        return cls._send(order, [deposit], at, {})

    @classmethod
    def _send(cls, order, sold, at, vals):
        total = sum(line["price_subtotal_incl"] for line in sold)
        ticket = {
            "name": f"Ticket {order.name} {at}",
            "uuid": f"ticket-{order.id}-{at}",
            "session_id": cls.session.id,
            "user_id": cls.cashier.id,
            "partner_id": order.partner_id.id,
            "date_order": at,
            "fiscal_position_id": False,
            "amount_paid": total,
            "amount_total": total,
            "amount_tax": 0,
            "amount_return": 0,
            "to_invoice": False,
            "lines": [Command.create(line) for line in sold],
            "payment_ids": [
                Command.create(
                    {
                        "amount": total,
                        "name": fields.Datetime.now(),
                        "payment_method_id": cls.cash.id,
                    }
                )
            ],
            **vals,
        }
        with cls.act(at):
            tickets = cls.env["pos.order"].with_user(cls.cashier)
            [sent] = tickets.sync_from_ui([ticket])["pos.order"]
            cls._run_engine()
        return cls.env["pos.order"].browse(sent["id"])

    @classmethod
    def _prepare_ticket_line(cls, line, qty):
        return {
            "product_id": line.product_id.id,
            "qty": qty,
            "price_unit": line.price_unit,
            "price_subtotal": line.price_unit * qty,
            "price_subtotal_incl": line.price_unit * qty,
            "discount": 0,
            "tax_ids": [],
            "pack_lot_ids": [],
            "sale_order_origin_id": line.order_id.id,
            "sale_order_line_id": line.id,
        }

    @classmethod
    def release(cls, order, *, at):
        """Release a parked order, its controls being settled."""
        with cls.act(at):
            order._adv_release()
            cls._run_engine()
