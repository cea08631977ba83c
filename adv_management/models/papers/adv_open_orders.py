from itertools import groupby
from operator import attrgetter

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...report.open_orders_sheet import OpenOrdersSheet
from ...tools import open_lines
from ...tools.open_lines import OpenLine, status_of
from ..commitment.clock import zone_of
from . import queries


class AdvOpenOrders(models.AbstractModel):
    """What is still to be shipped to a customer, in his words and nothing he may not
    know.

    The report by mail, its file and the portal page all stand on
    :meth:`_adv_get_open_order_lines`.
    """

    _name = "adv.open.orders"
    _description = "Open Orders of a Customer"

    # ----------------------------------------------------------------------------------
    # What is open
    # ----------------------------------------------------------------------------------

    def _adv_get_open_order_lines(self, company, reader=None):
        """Return what is still to be shipped to these customers by one company.

        Read in one query however many customers there are. What the user may not read
        is left out.

        :param reader: the language of whoever reads it, if not each customer's
        :return: list of :class:`OpenLine`, by customer, order and line
        """
        readable = self.env["adv.commitment"]._search(
            Domain("company_id", "=", company.id)
            & Domain("partner_id", "in", self.commercial_partner_id.ids)
        )
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        lang = company.sudo().partner_id.lang or "en_US"
        today = self._adv_get_today(company)
        self.env.flush_all()
        rows = self.env.execute_query(
            queries.open_lines(readable.subselect(), digits, lang, reader)
        )
        return [_judged(OpenLine(*row, status=""), today) for row in rows]

    @api.model
    def _adv_get_today(self, company):
        """Return the local date of a company."""
        # sudo: whoever asks for a customer's orders need not read calendars.
        company = company.sudo()
        zone = zone_of(company, company.resource_calendar_id)
        return fields.Date.context_today(company.with_context(tz=zone))

    @api.model
    def _adv_get_open_order_labels(self):
        """Return the customer's words for the codes of :class:`OpenLine`."""
        return {
            open_lines.LATE: self.env._("Late"),
            open_lines.NEW_DATE: self.env._("New date"),
            open_lines.PARTLY: self.env._("Partly shipped"),
            open_lines.NO_DATE: self.env._("Date to be confirmed"),
            open_lines.CONFIRMED: self.env._("Confirmed"),
            "departure": self.env._("Departure"),
            "arrival": self.env._("Arrival"),
        }

    def _adv_group_open_orders(self, company):
        """Return ``{customer: [OpenLine]}`` of those who wait for something."""
        found = groupby(
            self._adv_get_open_order_lines(company), attrgetter("partner_id")
        )
        lines = {partner_id: list(own) for partner_id, own in found}
        return dict(zip(self.browse(lines), lines.values(), strict=True))

    # ----------------------------------------------------------------------------------
    # The file
    # ----------------------------------------------------------------------------------

    def _adv_get_open_orders_file(self, company, lines, lang=None):
        """Return ``(name, content)`` of a customer's report in his language.

        :param lines: the :class:`OpenLine` of this customer
        """
        self.ensure_one()
        lang = lang or self.lang or company.sudo().partner_id.lang
        customer = self.with_context(lang=lang)
        day = self._adv_get_today(company)
        sheet = OpenOrdersSheet(customer, company, day)
        title = customer.env._("Open orders")
        # A name that was imported may have line breaks: no e-mail takes such a file.
        name = " ".join((self.name or "").split())
        return f"{title} {name} {day}.xlsx", sheet.build(lines)

    def action_adv_download_open_orders(self):
        """Return the download of what is open for a customer.

        :raise AccessError: if the user may not export
        """
        self._adv_check_export()
        company = self.env.company.id
        return {
            "type": "ir.actions.act_url",
            "url": f"/adv/open_orders/{self.id}?company={company}",
            "target": "download",
        }

    def _adv_check_export(self):
        self.check_access("read")
        self.env["adv.commitment"].check_access("read")
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "You are not allowed to export. Ask an administrator for the right "
                    "“Access to export feature”."
                )
            )

    # ----------------------------------------------------------------------------------
    # The message
    # ----------------------------------------------------------------------------------

    def action_adv_report_open_orders(self):
        """Return today's report for this customer to look at, or for many the wizard
        that shows who would get one.

        :raise UserError: if nothing is open
        """
        self.env["adv.customer.message"].check_access("write")
        customers = self.commercial_partner_id
        if len(customers) > 1:
            return self.env["adv.open.orders.send"]._open(customers)
        messages = customers._adv_compose_open_orders(self.env.company, is_again=True)
        if not messages:
            raise UserError(
                self.env._(
                    "Nothing is open for %s: there is nothing to report.",
                    customers.display_name,
                )
            )
        return messages._get_records_action(name=self.env._("Open-order report"))

    def _adv_compose_open_orders(self, company, *, is_again=False):
        """Return today's report to each of these customers who waits for something.

        There is one a day and customer: whoever has one already keeps it as it is.

        :param is_again: a person asks: what has left already is followed by another
        """
        found = self._adv_group_open_orders(company)
        day = self._adv_get_today(company)
        keys = {each: f"open_orders:{each.id}:{day}" for each in found}
        messages = self.env["adv.customer.message"]
        if is_again:
            reports = Domain("kind", "=", "open_orders")
            ours = Domain("company_id", "=", company.id)
            theirs = Domain("partner_id", "in", self.commercial_partner_id.ids)
            keys = messages._get_next_keys(keys, reports & ours & theirs)
        vals_list = [
            customer._adv_prepare_open_orders_vals(company, lines, keys[customer])
            for customer, lines in found.items()
        ]
        known = {(company.id, each.id): lines for each, lines in found.items()}
        composed = messages.with_context(adv_open_lines=known)._compose(vals_list)
        composed.filtered(lambda each: not each.attachment_ids)._attach_files()
        return composed.with_env(self.env)

    def _adv_prepare_open_orders_vals(self, company, lines, key):
        owner = self.with_company(company)._adv_get_owner()
        return {
            "kind": "open_orders",
            "key": key,
            "company_id": company.id,
            "partner_id": self.id,
            "user_id": (owner or self.user_id).id,
            "order_ids": [Command.set({line.order_id for line in lines})],
        }


def _judged(line, today):
    status = status_of(today, line.date_promise, line.date_announced, line.qty_shipped)
    return line._replace(status=status)
