from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OpenOrdersController(Controller):
    """Downloads what is open for a customer, for whoever may export."""

    @route(
        "/adv/open_orders/<int:customer_id>", type="http", auth="user", readonly=True
    )
    def download(self, customer_id, company):
        """Return the file of a customer's open orders in one company.

        :raise AccessError: no right to export, to the customer or to the company
        """
        if not company.isdecimal():
            return request.not_found()
        companies = request.env["res.company"].browse(int(company))
        if companies not in request.env.user.company_ids:
            raise AccessError(request.env._("This is not one of your companies."))
        customers = request.env["res.partner"].with_context(
            allowed_company_ids=companies.ids
        )
        customer = customers.browse(customer_id).exists().commercial_partner_id
        if not customer:
            return request.not_found()
        customer._adv_check_export()
        lines = customer._adv_get_open_order_lines(companies)
        name, content = customer._adv_get_open_orders_file(companies, lines)
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
