"""Register and tax numbers of the demo's customers: valid in form, made up.

They begin with figures that, as far as we know, no register gives to anybody.
"""

from stdnum import luhn
from stdnum.ie import vat as irish_vat

_FRENCH, _BELGIAN, _IRISH = "09900", "01990", "0990"


def make_siren(number):
    """Return the SIREN of the customer of that number.

    >>> make_siren(1)
    '099000010'
    """
    digits = f"{_FRENCH}{number:03}"
    return digits + luhn.calc_check_digit(digits)


def make_siret(number):
    """Return the SIRET of his head office.

    >>> make_siret(1)
    '09900001000019'
    """
    digits = f"{make_siren(number)}0001"
    return digits + luhn.calc_check_digit(digits)


def make_vat(country, number):
    """Return his VAT number; none outside the European Union.

    >>> make_vat("FR", 1), make_vat("BE", 1), make_vat("IE", 1), make_vat("CH", 1)
    ('FR10099000010', 'BE0199000151', 'IE0990001D', False)
    """
    if country == "FR":
        siren = make_siren(number)
        return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"
    if country == "BE":
        digits = f"{_BELGIAN}{number:03}"
        return f"BE{digits}{97 - int(digits) % 97:02}"
    if country == "IE":
        digits = f"{_IRISH}{number:03}"
        return f"IE{digits}{irish_vat.calc_check_digit(digits)}"
    return False
