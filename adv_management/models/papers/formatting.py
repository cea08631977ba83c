"""Figures as the customer reads them."""

from odoo.tools.misc import formatLang


def format_quantity(env, quantity: float) -> str:
    """Return a quantity in the language of ``env``, with decimals if it has any."""
    if quantity % 1 == 0:
        return formatLang(env, quantity, digits=0)
    return formatLang(env, quantity, dp="Product Unit")
