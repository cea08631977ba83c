"""The KPIs of the orders that wait for somebody to enter them."""

from .kpi import COUNT, LOWER, PRODUCTIVITY, ROWS, Kpi, Sum, _lt

ORDER = "sale.order"

DIMENSIONS = {
    ORDER: {"user": "adv_user_id", "customer": "partner_id.commercial_partner_id"}
}

KPIS = (
    Kpi(
        "orders_to_enter",
        _lt("Orders waiting for entry"),
        _lt(
            "Orders that came by e-mail and have no product line yet, as things stand "
            "now."
        ),
        family=PRODUCTIVITY,
        unit=COUNT,
        better=LOWER,
        fact=ORDER,
        where=(("adv_is_to_enter", True),),
        formula=Sum(ROWS),
    ),
    Kpi(
        "orders_to_enter_late",
        _lt("Orders waiting for entry for too long"),
        _lt(
            "Orders that came by e-mail and have no product line yet, received longer "
            "ago, in working hours, than the time within which orders are "
            "acknowledged; as things stand now."
        ),
        family=PRODUCTIVITY,
        unit=COUNT,
        better=LOWER,
        fact=ORDER,
        where=(("adv_is_to_enter", True), ("adv_is_entry_late", True)),
        formula=Sum(ROWS),
    ),
)
