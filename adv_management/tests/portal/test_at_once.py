"""Two visitors of one link, as real transactions."""

import json

from ..process.case import ProcessCase
from . import racing


class TestAtOnce(ProcessCase):
    """Of two answers that are sent at the same moment one is noted."""

    def test_one_wins_and_the_other_is_told(self):
        output = self.run_to_end(self.copy_database(), function=racing.answer_at_once)
        result = json.loads(output.rpartition("\nresult ")[2].splitlines()[0])
        self.assertEqual(result["seen"], [True, True])
        self.assertEqual(len(result["noted"]), 1)
        self.assertEqual(result["kinds"], result["noted"])
        self.assertEqual(result["activities"], 1)
