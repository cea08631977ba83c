import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class AdvControlledConfirming(models.AbstractModel):
    """Confirms many orders, each for itself: one that is stopped stops no others."""

    _name = "adv.controlled.confirming"
    _description = "Orders Confirmed One by One"

    def action_adv_confirm_each(self):
        """Confirm each of these orders that may be, and report what became of each.

        :return: the report
        :raise UserError: if none of them is a quotation
        """
        self.check_access("write")
        orders = self.union()  # a program may name one of them twice
        quotations = orders.filtered(lambda order: order.state in ("draft", "sent"))
        if not quotations:
            raise UserError(self.env._("Choose quotations: there is none among these."))
        stopping = quotations._adv_check(("confirmation",)).grouped("order_id")
        outcomes = [
            (order, *order._adv_try_confirm(stopping.get(order)))
            for order in quotations
        ]
        done = sum(outcome in ("confirmed", "parked") for _o, outcome, _t in outcomes)
        report = self.env["adv.order.confirm"].create(
            {
                "confirmed_count": done,
                "left_count": len(outcomes) - done,
                "line_ids": [
                    (0, 0, {"order_id": order.id, "outcome": outcome, "text": text})
                    for order, outcome, text in outcomes
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Confirm each"),
            "res_model": report._name,
            "res_id": report.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _adv_try_confirm(self, stopping):
        """Confirm one order if nothing stops it.

        :param stopping: results that stop it, or None
        :return: ``(outcome, text)``
        """
        if stopping:
            lines = [f"{result.name}: {result.text or ''}" for result in stopping]
            return "stopped", "\n".join(lines)
        try:
            with self.env.cr.savepoint():
                self.action_confirm()
        except OperationalError:
            raise  # Odoo runs the whole request once more
        except UserError as error:
            return "refused", str(error)
        except Exception as error:
            _logger.warning("Order %s could not be confirmed", self.id, exc_info=True)
            return "refused", self.env._("Unexpected: %s", error)
        return ("parked" if self.adv_is_parked else "confirmed"), False
