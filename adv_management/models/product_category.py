from odoo import fields, models


class ProductCategory(models.Model):
    """Products of a sector that the law gives payment limits of its own."""

    _inherit = "product.category"

    adv_payment_limit_id = fields.Many2one(
        "adv.payment.limit",
        "Legal payment limit",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        domain=[("kind", "=", "sector")],
        groups="base.group_user",
        help="The limit that the law sets for what is in this category and those below "
        "it, for example perishable food. Leave empty for the general rule.",
    )

    def _adv_get_payment_limit(self):
        """Return the category's limit, else that of the nearest one above it."""
        self.ensure_one()
        category = self
        while category.parent_id and not category.adv_payment_limit_id:
            category = category.parent_id
        return category.adv_payment_limit_id
