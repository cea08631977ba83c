"""What a customer usually asks for, where nobody wrote it down."""

from collections import defaultdict
from datetime import timedelta

MINIMUM = 3  # orders, below which nothing is usual


def find_usual_incoterms(control, orders):
    """Return the usual incoterm by customer, of those who have one.

    :param control: its ``days`` say how far to look back, its ``threshold`` in how many
        percent of the orders an incoterm must stand to be usual
    """
    usual = {}
    silent = control.env["res.partner"]
    for customer in orders.partner_id.commercial_partner_id:
        if customer.adv_incoterm_id:
            usual[customer] = customer.adv_incoterm_id
        else:
            silent |= customer
    if silent:
        usual |= _find_habits(control, orders, silent)
    return usual


def _find_habits(control, orders, customers):
    """Return the incoterm that most of the customers' confirmed orders had."""
    counts = defaultdict(dict)
    since = control._today() - timedelta(days=control.days)
    for customer, incoterm, count in control.env["sale.order"]._read_group(
        [
            ("company_id", "=", control.env.company.id),
            ("state", "=", "sale"),
            ("date_order", ">=", since),
            ("partner_id.commercial_partner_id", "in", customers.ids),
            ("id", "not in", orders.ids),
        ],
        ["partner_id.commercial_partner_id", "incoterm"],
        ["__count"],
    ):
        counts[customer][incoterm] = count
    habits = {}
    for customer, found in counts.items():
        total = sum(found.values())
        incoterm, count = max(found.items(), key=lambda pair: pair[1])
        if total >= MINIMUM and count * 100 >= total * control.threshold:
            habits[customer] = incoterm
    return habits
