"""What this project is made of and where it lives."""

from __future__ import annotations

import ast
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

REPO = Path(__file__).resolve().parent.parent
NAME = "adv_management"
ADDON = REPO / NAME
# Our addons for companies that also have Odoo's app of that name.
BRIDGES = {
    name: f"{NAME}_{name}"
    for name in ("delivery", "mrp", "pos_sale", "project", "purchase")
}
ADDONS = (NAME, *BRIDGES.values())
SERIES = (19, 0)

# Beside our own dependencies, what the companies we write for have installed: those
# that only sell, and those that buy and make what they sell as well.
TRADE_MODULES = ("sale_management", "l10n_fr_account")
SUPPLY_MODULES = ("stock_dropshipping",)
LANGUAGES = ("en_US", "fr_FR")

CACHE_NEED_GB = 3
HOST = "127.0.0.1"


def manifest(addon: str = NAME) -> dict:
    return ast.literal_eval(
        (REPO / addon / "__manifest__.py").read_text(encoding="utf-8")
    )


def dependencies(addons: Iterable[str]) -> list[str]:
    """Every module that a database of these addons holds besides them."""
    own = [name for addon in addons for name in manifest(addon)["depends"]]
    supply = () if tuple(addons) == (NAME,) else SUPPLY_MODULES
    return sorted({*own, *TRADE_MODULES, *supply} - set(ADDONS))


def is_root() -> bool:
    return os.geteuid() == 0
