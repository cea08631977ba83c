"""What must hold of the translations of each of our addons."""

import re

import polib

from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

# What decides whether a text is shown is code, though it stands in the text.
_CONDITION = re.compile(r'(?:invisible|groups|readonly)="([^"]*)"')


class TranslationChecks:
    """Every text a user can see is in the template, and has its French.

    For a ``TransactionCase`` that names its ``module``.
    """

    module = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = list(TranslationModuleReader(cls.env.cr, modules=[cls.module]))
        cls.sources = {row[4] for row in rows}
        # Texts of records are translated at their place, those of code wherever.
        cls.places = {
            (f"{kind}:{name}:{record}", text)
            for _module, kind, name, record, text, *_more in rows
            if kind != "code"
        }
        folder = f"{cls.module}/i18n"
        cls.template = polib.pofile(file_path(f"{folder}/{cls.module}.pot"))
        cls.french = polib.pofile(file_path(f"{folder}/fr.po"))

    def test_the_template_is_what_odoo_exports(self):
        exported = {entry.msgid for entry in self.template}
        self.assertFalse(self.sources - exported, "not in the .pot: export it again")
        self.assertFalse(
            exported - self.sources, "in the .pot, but nowhere in the addon"
        )

    def test_every_text_has_its_french(self):
        done = {
            entry.msgid
            for entry in self.french
            if entry.msgstr and not entry.obsolete and not entry.fuzzy
        }
        self.assertFalse(self.sources - done)

    def test_every_place_of_a_text_is_named(self):
        for entries in (self.template, self.french):
            named = {
                (f"{path}:{line}" if line else path, entry.msgid)
                for entry in entries
                for path, line in entry.occurrences
            }
            self.assertFalse(self.places - named)

    def test_french_keeps_every_placeholder(self):
        wrong = [
            entry.msgid
            for entry in self.french
            if sorted(_placeholders(entry.msgid)) != sorted(_placeholders(entry.msgstr))
        ]
        self.assertFalse(wrong)

    def test_french_keeps_every_condition(self):
        wrong = [
            entry.msgid
            for entry in self.french
            if _CONDITION.findall(entry.msgid) != _CONDITION.findall(entry.msgstr)
        ]
        self.assertFalse(wrong)


def _placeholders(text):
    """Return ``%(name)s`` and ``%s`` of a text."""
    return [
        part.split("s", 1)[0]
        for part in text.split("%")[1:]
        if part.startswith(("(", "s"))
    ]
