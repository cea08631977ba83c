import io
from typing import NamedTuple

from ..tools.spreadsheet import money_number_format

TEXT, DATE, QUANTITY, AMOUNT = "text", "date", "quantity", "amount"
_MAX_TEXT = 32767  # a cell holds no more


class Column(NamedTuple):
    """One column of a table: its head, what its cells are, its width in characters."""

    label: str
    kind: str
    width: int


class Amount(NamedTuple):
    """Money, with the number format of its currency."""

    value: float
    number_format: str


def money_format(currency, digits: int | None = None) -> str:
    """Return the number format of a currency; its own digits if none are given."""
    return money_number_format(
        currency.symbol or currency.name,
        is_before=currency.position == "before",
        digits=currency.decimal_places if digits is None else digits,
    )


class TableSheet:
    """A workbook of one table that people sort, filter and print.

    Texts are written as texts, whatever they look like: what a user typed never becomes
    a formula, a link or a number. Rows go to the disk as they come, so that memory does
    not depend on their number. Made for XlsxWriter 3.0.2 and newer.
    """

    def __init__(self, name, heading, columns, date_format):
        """
        :param name: of the sheet
        :param heading: lines of text on top, the first is the title
        :param columns: list of :class:`Column`
        :param date_format: number format of the dates
        """
        self.name = name
        self.heading = heading
        self.columns = columns
        self.date_format = date_format

    def build(self, rows) -> bytes:
        """Return the file; ``rows`` are tuples with a value for each column, None or
        False where there is none.
        """
        import xlsxwriter  # noqa: PLC0415

        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as workbook:
            self._formats = {}
            self._workbook = workbook
            self._sheet = workbook.add_worksheet(self.name[:31])
            self._write_head()
            last = self._write_rows(rows)
            self._lay_out(last)
        return buffer.getvalue()

    @property
    def _head_row(self) -> int:
        return len(self.heading) + 1

    def _format(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def _write_head(self):
        for number, column in enumerate(self.columns):
            self._sheet.set_column(number, number, column.width)
        for row, line in enumerate(self.heading):
            look = {"font_size": 14} if not row else {"font_color": "#666666"}
            self._sheet.write_string(row, 0, line, self._format(bold=not row, **look))
        look = self._format(
            bold=True, bg_color="#E9ECEF", bottom=1, text_wrap=True, valign="top"
        )
        for number, column in enumerate(self.columns):
            self._sheet.write_string(self._head_row, number, column.label, look)

    def _write_rows(self, rows) -> int:
        """Write the rows and return the number of the last one."""
        row = self._head_row
        for row, values in enumerate(rows, self._head_row + 1):
            for number, (column, value) in enumerate(
                zip(self.columns, values, strict=True)
            ):
                self._write_cell(row, number, column.kind, value)
        return row

    def _write_cell(self, row, number, kind, value):
        if value is None or value is False or value == "":
            return
        if kind == TEXT:
            self._sheet.write_string(row, number, value[:_MAX_TEXT])
        elif kind == DATE:
            look = self._format(num_format=self.date_format, align="left")
            self._sheet.write_datetime(row, number, value, look)
        elif kind == AMOUNT:
            look = self._format(num_format=value.number_format)
            self._sheet.write_number(row, number, value.value, look)
        else:
            self._sheet.write_number(row, number, value)

    def _lay_out(self, last_row):
        sheet, head = self._sheet, self._head_row
        sheet.freeze_panes(head + 1, 0)
        sheet.autofilter(head, 0, last_row, len(self.columns) - 1)
        sheet.repeat_rows(head)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
