"""Runs the script of an upgrade, as Odoo does with the database of before."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(env, before, after, stage="post"):
    """Run the script that leads from one version to another."""
    env.flush_all()
    path = _MIGRATIONS / after / f"{stage}-migration.py"
    spec = spec_from_file_location("adv_upgrade", path)
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    script.migrate(env.cr, before)
    env.invalidate_all()
