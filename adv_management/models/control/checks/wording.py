"""Figures in what controls say."""

from odoo.tools.misc import formatLang


def word_quantity(env, quantity: float) -> str:
    """Return a quantity in the language of ``env``, with decimals if it has any."""
    is_whole = quantity % 1 == 0
    precision = env["decimal.precision"].precision_get("Product Unit")
    return formatLang(env, quantity, digits=0 if is_whole else precision)
