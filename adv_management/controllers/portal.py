from functools import partial

from odoo.http import content_disposition, request, route

from odoo.addons.sale.controllers.portal import CustomerPortal

from ..models.papers.formatting import format_quantity
from .open_orders import XLSX

# More lines than anybody reads on a screen; the file has them all.
_MOST = 200


class OpenOrdersPortal(CustomerPortal):
    """The customer who is logged in reads what is still to be delivered to him."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "open_order_count" in counters:
            found = self._get_open_lines().values()
            orders = {line.order_id for lines in found for line in lines}
            values["open_order_count"] = len(orders)
        return values

    @route("/my/open-orders", type="http", auth="user", website=True, readonly=True)
    def portal_my_open_orders(self, **_params):
        customer = self._get_open_customer()
        return request.render(
            "adv_management.portal_my_open_orders",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "open_orders",
                "found": self._get_open_lines(),
                "labels": customer._adv_get_open_order_labels(),
                "quantity": partial(format_quantity, request.env),
                "most": _MOST,
            },
        )

    @route(
        "/my/open-orders/<int:company_id>/xlsx",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_open_orders_file(self, company_id, **_params):
        found = self._get_open_lines()
        company = next((each for each in found if each.id == company_id), None)
        if not company:
            return request.redirect("/my/open-orders")
        name, content = self._get_open_customer()._adv_get_open_orders_file(
            company, found[company], request.env.lang
        )
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)

    def _get_open_customer(self):
        # sudo: portal users read no promises. The customer is the user's own, and of
        # his promises ``OpenLine`` holds what he may know.
        return request.env.user.partner_id.commercial_partner_id.sudo()

    def _get_open_lines(self):
        """Return ``{company: [OpenLine]}`` of the companies that owe something."""
        customer = self._get_open_customer()
        lines = {
            company: customer._adv_get_open_order_lines(company, request.env.lang)
            for company in request.env.companies.sudo()
        }
        return {company: found for company, found in lines.items() if found}
