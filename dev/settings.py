"""What this project is made of and where it lives."""

from __future__ import annotations

import ast
import os
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
NAME = "adv_management"
ADDON = REPO / NAME
SERIES = (19, 0)

# Beside our own dependencies, what the companies we write for have installed.
COMPANY_MODULES = ("sale_management", "purchase_stock", "sale_mrp", "l10n_fr_account")
LANGUAGES = ("en_US", "fr_FR")

CACHE_NEED_GB = 3
HOST = "127.0.0.1"


def manifest() -> dict:
    return ast.literal_eval((ADDON / "__manifest__.py").read_text(encoding="utf-8"))


def dependencies() -> list[str]:
    """Every module that the databases hold besides our own."""
    return sorted({*manifest()["depends"], *COMPANY_MODULES})


def is_root() -> bool:
    return os.geteuid() == 0
