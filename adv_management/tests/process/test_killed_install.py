"""An installation that dies is simply done again; an upgrade changes no figure."""

import json

from . import jobs, killing
from .case import ProcessCase

_POINTS = ("sql/INSERT INTO adv_commitment (:1:after",)


class TestKilledInstall(ProcessCase):
    def test_killed_while_it_takes_over_the_history_then_upgraded(self):
        database = self.copy_database()
        self.run_to_end(database, function=jobs.trade, orders=3, lines=2)
        self.run_to_end(database, function=jobs.uninstall)
        output = self.run_to_end(
            database, function=killing.install_and_die, points=_POINTS
        )
        result = json.loads(output.rpartition("result ")[2].splitlines()[0])
        self.assertEqual(result, {"left": [], "count": 6})
