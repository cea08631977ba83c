from pathlib import Path

from odoo.tests import BaseCase, tagged

ADDON = Path(__file__).parents[2]
TITLE = "Sales Administration (ADV)"
SECTIONS = {
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "CONTRIBUTORS": "Contributors",
}


@tagged("post_install", "-at_install")
class TestReadme(BaseCase):
    """The addon's README is what its fragments say, so that only they are edited."""

    def test_the_readme_is_made_of_the_fragments(self):
        written = (ADDON / "README.md").read_text(encoding="utf-8")
        self.assertEqual(written, assemble(), "assemble README.md again")


def assemble():
    """Return the text of ``README.md``."""
    parts = [f"# {TITLE}", _fragment("DESCRIPTION")]
    for name, title in SECTIONS.items():
        parts += [f"## {title}", _fragment(name)]
    return "\n\n".join(parts) + "\n"


def _fragment(name):
    return (ADDON / "readme" / f"{name}.md").read_text(encoding="utf-8").strip()
