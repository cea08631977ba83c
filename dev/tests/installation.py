"""What the tests of installation share: Odoo's command line on a copy of a template."""

import os
import sys
from contextlib import contextmanager
from tempfile import TemporaryFile

from dev import database
from dev.patience import output_of


class Copy:
    """A copy of a template database on which Odoo's commands run."""

    def __init__(self, config, name, data_dir):
        self.config = config
        self.name = name
        self.data_dir = data_dir

    def run(self, *arguments):
        """Run Odoo and give what it logged."""
        command = [sys.executable, "-m", "odoo", *arguments, "-c", self.config]
        done = output_of(*command, "-d", self.name, cwd=self.data_dir)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def shell(self, code):
        """Run code in Odoo's shell and give what it printed."""
        command = [sys.executable, "-m", "odoo", "shell", "-c", self.config]
        options = ["-d", self.name, "--no-http", "--log-level=warn"]
        with TemporaryFile("w+") as script:
            script.write(code)
            script.seek(0)
            done = output_of(*command, *options, cwd=self.data_dir, stdin=script)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def query(self, statement):
        return database.query(statement, database=self.name)

    def leftovers(self, addon):
        """What is left of an addon that was uninstalled."""
        return self.query(
            f"""
            SELECT 'record ' || model || ' ' || name
              FROM ir_model_data WHERE module = '{addon}'
            """
        )


@contextmanager
def copy_of(template, request):
    """Have a copy of the template of that variable, until the tests are done."""
    option = request.config.getoption
    data_dir = os.environ["ADV_DATA_DIR"]
    name = f"{option('--odoo-database')}_{request.module.__name__.rpartition('_')[2]}"
    database.copy(os.environ[template], name, data_dir)
    # Odoo gives up a (un)installation that finds PostgreSQL at this table.
    database.query(
        "ALTER TABLE ir_module_module SET (autovacuum_enabled = false)", database=name
    )
    try:
        yield Copy(option("--odoo-config"), name, data_dir)
    finally:
        database.drop(name, data_dir)
