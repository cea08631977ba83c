"""What happens in a small trading company: the flows on which all tests stand."""

from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import freeze_time

from .company import AdvCompany

MONDAY = "2026-03-02 08:00:00"


class AdvCommon(AdvCompany):
    """The company at work, in 2026.

    ``sell`` makes and confirms an order, ``receive`` plans goods for it, ``deliver``
    validates its delivery through the picking, ``refresh`` runs the engine; all take
    the (frozen) time to act at.
    """

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
    def sell_unreserved(cls, *quantities, at=MONDAY, **vals):
        """Return an order as by ``sell``: its goods are there, nobody reserved them."""
        order = cls.sell(*quantities, at=at, **vals)
        with cls.act(at):
            order.picking_ids.do_unreserve()
            cls._run_engine()
        return order

    @classmethod
    def receive(
        cls,
        product,
        qty,
        day,
        *,
        at=MONDAY,
        source=None,
        warehouse=None,
        confirm=True,
        **vals,
    ):
        """Return the open move of goods that should come in on a day.

        :param source: where they come from; a vendor if None
        :param confirm: plan the receipt, or leave it a draft
        """
        source = source or cls.env.ref("stock.stock_location_suppliers")
        receipts = (warehouse or cls.warehouse).in_type_id
        way = {
            "location_id": source.id,
            "location_dest_id": receipts.default_location_dest_id.id,
        }
        goods = {"product_id": product.id, "product_uom_qty": qty}
        goods["company_id"] = receipts.company_id.id
        with cls.act(at):
            picking = cls.env["stock.picking"].create(
                {
                    "picking_type_id": receipts.id,
                    "move_ids": [Command.create({**goods, **way})],
                    **way,
                    **vals,
                }
            )
            if confirm:
                picking.action_confirm()
            picking.move_ids.date = f"{day} 10:00:00"
            cls._run_engine()
        return picking.move_ids

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
    def set_quantity(cls, order, qty, at):
        """Change the quantity of the only line of an order."""
        with cls.act(at):
            order.order_line.product_uom_qty = qty
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

    def get_rates(self, order):
        """Return due, on time, in full, OTIF."""
        return [
            order.adv_commitment_ids[f"{name}_count"]
            for name in ("due", "on_time", "in_full", "otif")
        ]

    def get_cuts(self, order):
        """Return ``(origin, source, quantity, day)`` of each change, oldest first."""
        revisions = order.adv_commitment_ids.revision_ids.filtered(
            lambda revision: revision.kind == "quantity"
        )
        return [
            (
                revision.origin,
                revision.source,
                revision.qty_delta,
                str(revision.date_effective),
            )
            for revision in revisions.sorted("id")
        ]
