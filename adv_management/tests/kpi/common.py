from datetime import date

from odoo import Command, fields
from odoo.tests import TransactionCase, freeze_time

TODAY = "2026-06-15 10:00:00"


@freeze_time(TODAY)
class KpiCommon(TransactionCase):
    """A ledger written by hand: each test states the rows that its figures are made of.

    ``self.promise("2026-03-10", on_time=1, in_full=1)`` is one line due. Today is
    Monday 15 June 2026 in Paris, so that March is settled and May is still provisional.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.resource_calendar_id.tz = "Europe/Paris"
        cls.kpi = cls.env["adv.kpi"]
        cls.commitments = cls.env["adv.commitment"]
        cls.customer, cls.other_customer = cls.env["res.partner"].create(
            [{"name": "Arnaud"}, {"name": "Bernard"}]
        )
        cls.product, cls.other_product = cls.env["product.product"].create(
            [{"name": "Bolt"}, {"name": "Nut"}]
        )

    @classmethod
    def promise(
        cls,
        day,
        *,
        due=1,
        on_time=0,
        in_full=0,
        qty=10,
        qty_on_time=None,
        first=None,
        **vals,
    ):
        """Write one commitment; ``first`` are the day and the counts of the first
        promise if they differ.
        """
        counts = {"due": due, "on_time": on_time, "in_full": in_full}
        first = {"day": day, **counts, **(first or {})}
        order = vals.pop("order", None) or cls.order()
        product = vals.get("product_id", cls.product.id)
        line = cls.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": product}
        )
        return cls.commitments.create(
            {
                "sale_line_id": line.id,
                "order_id": order.id,
                "company_id": order.company_id.id,
                "partner_id": order.partner_id.id,
                "product_id": product,
                "status": "delivered" if in_full else "late",
                "date_promise": day,
                "date_headline": first.pop("day"),
                "qty_ordered": qty,
                "qty_on_time": qty * on_time if qty_on_time is None else qty_on_time,
                **cls._counts("", **counts),
                **cls._counts("first_", **first),
                **vals,
            }
        )

    @classmethod
    def acknowledge(cls, day, *, due=1, on_time=0, order=None):
        """Write one first confirmation and whether it was acknowledged in time."""
        order = order or cls.order()
        return cls.env["adv.order.confirmation"].create(
            {
                "order_id": order.id,
                "company_id": order.company_id.id,
                "date_confirmed": f"{day} 10:00:00",
                "date_confirmed_local": day,
                "ack_due_count": due,
                "ack_on_time_count": on_time,
            }
        )

    @staticmethod
    def _counts(prefix, due, on_time, in_full):
        counts = {
            "due": due,
            "on_time": on_time,
            "in_full": in_full,
            "otif": on_time * in_full,
        }
        return {f"{prefix}{name}_count": value for name, value in counts.items()}

    @classmethod
    def order(cls, partner=None, company=None, user=None):
        return cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.customer).id,
                "company_id": (company or cls.company).id,
                "user_id": user and user.id,
            }
        )

    @classmethod
    def the_four_lines(cls, day="2026-03-10"):
        """Write the four lines of the trade's example: OTD 50 %, in full 75 %, OTIF 50
        %, fill rate 85 %.
        """
        order = cls.order()
        cls.promise(day, order=order, on_time=1, in_full=1)
        cls.promise(day, order=order, on_time=0, in_full=1, qty_on_time=6)
        cls.promise(
            day, order=order, on_time=0, in_full=0, qty_on_time=8, status="delivered"
        )
        cls.promise(day, order=order, on_time=1, in_full=1)

    @classmethod
    def alert(cls, commitment, *, due=1, told_in_time=0, **vals):
        """Write the alert of one commitment."""
        common = {
            "order_id": commitment.order_id.id,
            "company_id": commitment.company_id.id,
            "partner_id": commitment.partner_id.id,
            "date_opened": commitment.date_promise,
        }
        line = {
            "commitment_id": commitment.id,
            "product_id": commitment.product_id.id,
            "date_promise": commitment.date_promise,
            "due_count": due,
            "told_in_time_count": told_in_time,
        }
        return cls.env["adv.delay.alert"].create(
            {**common, "line_ids": [Command.create({**common, **line})], **vals}
        )

    def evaluate(self, *codes, period=("2026-03-01", "2026-03-31"), env=None, **kwargs):
        kpi = self.kpi.with_env(env) if env else self.kpi
        return kpi._evaluate(codes, *map(fields.Date.to_date, period), **kwargs)

    def value(self, code, **kwargs):
        return self.evaluate(code, **kwargs).total[code].value

    def by(self, dimension, code, **kwargs):
        """Return ``{group: value}`` of one KPI."""
        groups = self.evaluate(code, groupby=[dimension], **kwargs).by[dimension]
        return {key: figures[code].value for key, figures in groups.items()}


def month(number):
    return date(2026, number, 1)
