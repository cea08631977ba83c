from odoo import api, models


class AdvNoticeButton(models.AbstractModel):
    """Shows the button that informs customers only where notices are on."""

    _name = "adv.notice.button"
    _description = "Button to Inform Customers"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._is_informing())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self._is_informing():
            for button in arch.xpath("//button[@name='action_inform_customer']"):
                button.getparent().remove(button)
        return arch, view

    @api.model
    def _is_informing(self):
        """Return whether one of the companies at work tells customers of delays."""
        modes = self.env.companies.mapped("adv_notice_mode")
        return any(mode in ("manual", "auto") for mode in modes)
