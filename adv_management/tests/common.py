"""A small trading company on which the tests of every room stand."""

from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import TransactionCase, freeze_time, new_test_user

MONDAY = "2026-03-02 08:00:00"


class AdvCommon(TransactionCase):
    """Europe/Paris, Monday to Friday, 2026; a warehouse, a customer, goods in stock.

    ``sell`` makes and confirms an order, ``deliver`` validates its delivery through the
    picking, ``refresh`` runs the engine; all three take the (frozen) time to act at.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": True, "mail_notrack": True}
        )
        cls.company = cls.env["res.company"].create(
            {"name": "Delorme & Fils", "currency_id": cls.env.ref("base.EUR").id}
        )
        cls.env.user.write(
            {
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.company = cls.company.with_env(cls.env)
        cls.calendar = cls._create_calendar("Monday to Friday", "Europe/Paris")
        cls.company.resource_calendar_id = cls.calendar
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.partner = cls.env["res.partner"].create(
            {"name": "Garage Martin", "email": "martin@garage.example"}
        )
        cls.product = cls._create_product("Chaise")

    # Masters --------------------------------------------------------------------------

    @classmethod
    def _create_calendar(cls, name, tz, weekdays="01234"):
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": tz,
                "company_id": cls.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 8,
                            "hour_to": 17,
                            "day_period": "morning",
                        }
                    )
                    for day in weekdays
                ],
            }
        )

    @classmethod
    def _create_product(cls, name="Table", stock=10000, **vals):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 10,
                "taxes_id": False,
                **vals,
            }
        )
        if stock:
            cls._set_stock(product, stock)
        return product

    @classmethod
    def _set_stock(cls, product, qty, warehouse=None):
        location = (warehouse or cls.warehouse).lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(product, location, qty)

    @classmethod
    def _create_user(cls, login, *groups):
        return new_test_user(
            cls.env,
            login,
            groups=",".join(groups),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    # Flows ----------------------------------------------------------------------------

    @classmethod
    @contextmanager
    def act(cls, at):
        """Freeze the clocks of Python and of the transaction (``write_date``)."""
        with (
            freeze_time(at),
            patch.object(cls.env.cr, "now", lambda: fields.Datetime.to_datetime(at)),
        ):
            yield

    @classmethod
    def sell(cls, *quantities, promise=None, at=MONDAY, confirm=True, **vals):
        """Return an order with one line per quantity, or per ``(product, quantity)``.

        :param promise: local date (sent as noon UTC) or naive UTC datetime text
        """
        goods = [
            each if isinstance(each, tuple) else (cls.product, each)
            for each in quantities
        ]
        if promise and len(promise) == 10:
            promise = f"{promise} 12:00:00"
        with cls.act(at):
            order = cls.env["sale.order"].create(
                {
                    "partner_id": cls.partner.id,
                    "company_id": cls.company.id,
                    "commitment_date": promise,
                    "order_line": [
                        Command.create(
                            {"product_id": product.id, "product_uom_qty": qty}
                        )
                        for product, qty in goods
                    ],
                    **vals,
                }
            )
            if confirm:
                order.action_confirm()
            cls._run_engine()
        return order

    @classmethod
    def deliver(cls, order, quantities=None, *, at, backorder=True):
        """Validate the open delivery of an order.

        :param quantities: by position or as ``{line: qty}``; everything if None
        :param at: naive UTC time of the validation
        :param backorder: keep the rest in a backorder, or refuse it
        :return: the pickings that were validated
        """
        if isinstance(quantities, (int, float)):
            quantities = [quantities]
        if isinstance(quantities, list):
            quantities = dict(zip(order.order_line, quantities, strict=False))
        with cls.act(at):
            pickings = order.picking_ids.filtered(
                lambda picking: picking.state not in ("done", "cancel")
            )
            pickings = (
                pickings.filtered(
                    lambda picking: picking.location_dest_id.usage == "customer"
                )
                or pickings
            )
            for move in pickings.move_ids:
                move.quantity = (
                    move.product_uom_qty
                    if quantities is None
                    else quantities.get(move.sale_line_id, 0)
                )
                move.picked = bool(move.quantity)
            cls._validate(pickings, backorder)
            cls._run_engine()
        return pickings

    @classmethod
    def _validate(cls, pickings, backorder=True):
        skip = {"skip_backorder": True, "skip_sms": True}
        if not backorder:
            skip["picking_ids_not_to_backorder"] = pickings.ids
        pickings.with_context(**skip).button_validate()

    @classmethod
    def take_back(cls, picking, qty, *, at, exchange=False):
        """Return goods of a done delivery, and prepare an exchange if asked to."""
        with cls.act(at):
            wizard = cls.env["stock.return.picking"].create({"picking_id": picking.id})
            wizard.product_return_moves.quantity = qty
            action = (
                wizard.action_create_exchanges()
                if exchange
                else wizard.action_create_returns()
            )
            back = cls.env["stock.picking"].browse(action["res_id"])
            back.action_assign()
            back.move_ids.quantity = qty
            back.move_ids.picked = True
            back.button_validate()
            cls._run_engine()
        return back

    @classmethod
    def cancel_rest(cls, order, *, at):
        """Cancel what is still open of an order's deliveries."""
        with cls.act(at):
            order.picking_ids.filtered(
                lambda picking: picking.state not in ("done", "cancel")
            ).action_cancel()
            cls._run_engine()

    @classmethod
    def refresh(cls, today):
        """Run the engine as if it were noon of ``today`` (a date as text)."""
        with cls.act(f"{today} 11:00:00"):
            cls._run_engine()

    @classmethod
    def _run_engine(cls):
        cls.env["adv.commitment"]._run_pending()

    @classmethod
    def change_promise(cls, records, date_new, answer, *, at, **vals):
        """Change the promise of orders or commitments by the wizard, as their user."""
        commitments = (
            records if records._name == "adv.commitment" else records.adv_commitment_ids
        )
        with cls.act(at):
            records.env["adv.commitment.promise"].create(
                {
                    "commitment_ids": [Command.set(commitments.ids)],
                    "date_new": date_new,
                    "answer": answer,
                    "proof": "mail",
                    "reason": "Test",
                    **vals,
                }
            ).action_apply()

    # What came of it ------------------------------------------------------------------

    def assertCommitment(self, order, **expected):
        """Check the only commitment of an order; dates are given as text."""
        commitment = (
            order if order._name == "adv.commitment" else order.adv_commitment_ids
        )
        self.assertEqual(len(commitment), 1)
        for name, value in expected.items():
            found = commitment[name]
            if isinstance(value, str) and hasattr(found, "strftime"):
                found = (
                    fields.Datetime.to_string(found)
                    if isinstance(found, datetime)
                    else fields.Date.to_string(found)
                )
            self.assertEqual(found, value, name)
