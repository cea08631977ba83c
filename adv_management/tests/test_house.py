"""The rules of the house that a reader can check by eye, checked by machine."""

import ast
import sys
from pathlib import Path

from odoo.tests import BaseCase

ADDON = Path(__file__).parents[1]
ADDONS = [ADDON, *ADDON.parent.glob(f"{ADDON.name}_*")]
# What stands beside them keeps the same measures.
BESIDE = [ADDON.parent / name for name in ("bench", "dev")]
MAX_LINES = 300
MAX_METHOD_LINES = 40


class TestHouse(BaseCase):
    """Pure rooms stay pure, files and methods stay short."""

    def _python_files(self, *folders):
        for addon in ADDONS if folders else [*ADDONS, *BESIDE]:
            for folder in folders or (".",):
                yield from (addon / folder).rglob("*.py")

    def _trees(self, *folders):
        for path in self._python_files(*folders):
            yield path.relative_to(ADDON.parent), ast.parse(path.read_bytes())

    def test_pure_rooms_import_only_the_standard_library(self):
        foreign = [
            f"{path}: {name}"
            for path, tree in self._trees("tools", "kpi")
            for name in _imported(tree)
            if name.partition(".")[0] not in sys.stdlib_module_names
        ]
        self.assertEqual(foreign, [])

    def test_no_other_room_reads_kpi(self):
        readers = [
            str(path)
            for path, tree in self._trees("models", "wizard")
            if "kpi" not in path.parts
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.level > 1
            if (node.module or "").partition(".")[0] == "kpi"
        ]
        self.assertEqual(readers, [])

    def test_files_have_300_lines_at_most(self):
        sources = [*self._python_files(), *(ADDON / "static/src").rglob("*.js")]
        long = {
            str(path.relative_to(ADDON.parent)): lines
            for path in sources
            if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
        }
        self.assertEqual(long, {})

    def test_methods_have_40_lines_at_most(self):
        long = [
            f"{path}: {node.name}"
            for path, tree in self._trees()
            if "queries" not in str(path)  # one SQL statement is one sentence
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            if node.end_lineno - node.lineno >= MAX_METHOD_LINES
        ]
        self.assertEqual(long, [])

    def test_every_class_says_what_it_is_for(self):
        silent = [
            f"{path}: {node.name}"
            for path, tree in self._trees("models", "wizard", "report", "kpi", "tools")
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and not ast.get_docstring(node)
            if not _extends_a_foreign_model(node)
        ]
        self.assertEqual(silent, [])

    def test_buttons_answer(self):
        """XML-RPC cannot carry None: a program would read a fault after the work."""
        mute = [
            f"{path}: {node.name}"
            for path, tree in self._trees("models", "wizard")
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name.startswith("action_")
            if not isinstance(node.body[-1], (ast.Return, ast.Raise))
            or any(_returns_nothing(each) for each in ast.walk(node))
        ]
        self.assertEqual(mute, [])

    def test_rooms_mirror_the_models(self):
        """A concern's tests are in a folder of its name; the doors' rooms are tested
        with the frame.
        """
        rooms, tested = (
            {path.parent.name for path in (ADDON / folder).glob("*/__init__.py")}
            for folder in ("models", "tests")
        )
        self.assertLessEqual(rooms - {"field_log", "order"}, tested)


def _imported(tree):
    """The absolute names that a module imports; relative imports stay in the room."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


def _returns_nothing(node):
    if not isinstance(node, ast.Return):
        return False
    values = ast.walk(node.value) if isinstance(node.value, ast.IfExp) else [node.value]
    return any(
        value is None or isinstance(value, ast.Constant) and value.value is None
        for value in values
    )


def _extends_a_foreign_model(node):
    """Whether a class only adds to a model of Odoo, which says what it is for."""
    names = {
        target.id
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    return "_inherit" in names and "_name" not in names
