"""How spreadsheets write dates and money."""

_DATE_PARTS = {
    "%d": "dd",
    "%-d": "d",
    "%e": "d",
    "%m": "mm",
    "%-m": "m",
    "%b": "mmm",
    "%B": "mmmm",
    "%y": "yy",
    "%Y": "yyyy",
    "%a": "ddd",
    "%A": "dddd",
}


def date_number_format(pattern: str) -> str:
    """Return a spreadsheet's number format for a pattern of ``strftime``.

    >>> date_number_format("%d/%m/%Y"), date_number_format("%-d %b %y")
    ('dd/mm/yyyy', 'd mmm yy')
    >>> date_number_format("%j of %G")
    'yyyy-mm-dd'
    """
    found = pattern
    for part in sorted(_DATE_PARTS, key=len, reverse=True):
        found = found.replace(part, _DATE_PARTS[part])
    return "yyyy-mm-dd" if "%" in found else found


def money_number_format(symbol: str, *, is_before: bool, digits: int) -> str:
    """Return a spreadsheet's number format for amounts of a currency.

    >>> print(money_number_format("€", is_before=False, digits=2))
    #,##0.00 "€"
    >>> print(money_number_format("$", is_before=True, digits=0))
    "$" #,##0
    """
    number = "#,##0" + (f".{'0' * digits}" if digits else "")
    quoted = '"{}"'.format(symbol.replace('"', "'"))
    return f"{quoted} {number}" if is_before else f"{number} {quoted}"
