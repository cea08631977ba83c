from odoo.tools.misc import get_lang

from ..tools.spreadsheet import date_number_format
from .table_sheet import TableSheet


class MessageLinesSheet:
    """All lines of a message as a spreadsheet, in the language of its environment."""

    def __init__(self, message):
        self.message = message

    def build(self, columns, rows) -> bytes:
        """Return the file of these rows."""
        message = self.message
        table = TableSheet(
            message.env._("All lines"),
            [message.subject or "", message.company_id.name],
            columns,
            date_number_format(get_lang(message.env).date_format),
        )
        return table.build(rows)
