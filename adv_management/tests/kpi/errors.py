"""Entry errors, for the figures that are made of them."""

from odoo.fields import Datetime

from ...models.entry_error.proposal import Proposal

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
