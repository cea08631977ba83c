import ast
from pathlib import Path

from odoo.tests import BaseCase, tagged

ADDON = Path(__file__).parents[2]
ADDONS = [ADDON, *ADDON.parent.glob(f"{ADDON.name}_*")]
SECTIONS = {
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "CONTRIBUTORS": "Contributors",
}


@tagged("post_install", "-at_install")
class TestReadme(BaseCase):
    """An addon's README is what its fragments say, so that only they are edited."""

    def test_the_readme_is_made_of_the_fragments(self):
        for addon in ADDONS:
            written = (addon / "README.md").read_text(encoding="utf-8")
            self.assertEqual(written, assemble(addon), "assemble README.md again")


def assemble(addon):
    """Return the text of ``README.md``."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))
    parts = [f"# {manifest['name']}", _fragment(addon, "DESCRIPTION")]
    for name, title in SECTIONS.items():
        if text := _fragment(addon, name):
            parts += [f"## {title}", text]
    return "\n\n".join(parts) + "\n"


def _fragment(addon, name):
    path = addon / "readme" / f"{name}.md"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
