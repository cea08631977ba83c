from odoo.tools import format_date
from odoo.tools.misc import get_lang

from ..tools.spreadsheet import date_number_format
from .table_sheet import (
    AMOUNT,
    DATE,
    QUANTITY,
    TEXT,
    Amount,
    Column,
    TableSheet,
    money_format,
)


class OpenOrdersSheet:
    """The open-order report as a spreadsheet, in the language of the customer's
    environment.
    """

    def __init__(self, customer, company, day):
        self.env = customer.env
        self.customer = customer
        self.company = company
        self.day = day
        self.labels = customer._adv_get_open_order_labels()

    def build(self, lines) -> bytes:
        """Return the file of these :class:`OpenLine`."""
        pattern = get_lang(self.env).date_format
        table = TableSheet(
            self.env._("Open orders"),
            self._get_heading(),
            self._get_columns(),
            date_number_format(pattern),
        )
        money = self._get_money_formats({line.currency_id for line in lines})
        return table.build(self._get_row(line, money) for line in lines)

    def _get_heading(self):
        day = format_date(self.env, self.day)
        return [
            self.env._("Open orders of %s", self.customer.name or ""),
            self.company.name,
            self.env._("As of %s, amounts without taxes", day),
        ]

    def _get_columns(self):
        return [
            Column(self.env._("Order"), TEXT, 14),
            Column(self.env._("Your reference"), TEXT, 20),
            Column(self.env._("Product"), TEXT, 44),
            Column(self.env._("Unit"), TEXT, 10),
            Column(self.env._("Ordered"), QUANTITY, 11),
            Column(self.env._("Shipped"), QUANTITY, 11),
            Column(self.env._("To be shipped"), QUANTITY, 11),
            Column(self.env._("Invoiced"), QUANTITY, 11),
            Column(self.env._("Amount to be shipped"), AMOUNT, 16),
            Column(self.env._("Promised date"), DATE, 13),
            Column(self.env._("New date"), DATE, 13),
            Column(self.env._("Date of"), TEXT, 12),
            Column(self.env._("Status"), TEXT, 24),
        ]

    def _get_row(self, line, money):
        return (
            line.order_name,
            line.customer_reference,
            line.product,
            line.unit,
            line.qty_ordered,
            line.qty_shipped,
            line.qty_open,
            line.qty_invoiced,
            Amount(line.amount_open, money[line.currency_id]),
            line.date_promise,
            line.date_announced,
            self.labels[line.basis],
            self.labels[line.status],
        )

    def _get_money_formats(self, currency_ids):
        currencies = self.env["res.currency"].browse(currency_ids)
        return {currency.id: money_format(currency) for currency in currencies}
