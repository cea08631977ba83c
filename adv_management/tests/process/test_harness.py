"""The harness does what later tests rely on."""

import signal

from . import jobs, killing
from .case import ProcessCase


class TestHarness(ProcessCase):
    """Copies, kill points and the mail sink, each shown on a real process."""

    def _parameters(self, database):
        statement = "SELECT value FROM ir_config_parameter WHERE key = %s"
        return self.query(database, statement, "adv_management.test")

    def test_a_process_commits_into_its_copy_only(self):
        database, other = self.copy_database(), self.copy_database()
        self.run_to_end(database, function=jobs.write_parameter, value="here")
        self.assertEqual(self._parameters(database), [("here",)])
        self.assertEqual(self._parameters(other), [])

    def test_a_kill_before_the_commit_leaves_nothing_and_after_it_all(self):
        database = self.copy_database()
        for point, left in (
            ("ir.config_parameter.set_param:1:after", []),
            ("commit:1:before", []),
            ("commit:1:after", [("kept",)]),
        ):
            with self.subTest(point):
                process = self.start(
                    database,
                    function=jobs.write_parameter,
                    value="kept",
                    kill_at=point,
                )
                self.assertKilled(process)
                self.assertEqual(self._parameters(database), left)

    def test_what_never_ends_is_ended_and_says_where_it_was(self):
        database = self.copy_database()
        process = self.start(database, function=killing.wait_for_ever)
        self.assertEqual(process.wait(), -signal.SIGALRM)
        self.assertIn("in wait_for_ever", process.output)
        process = self.start(database, function=killing.wait_for_child)
        self.assertEqual(process.wait(), 1)
        self.assertIn("in wait_for_ever", process.output)
        self.assertIn("the child ended with -14", process.output)

    def test_mail_arrives_in_the_sink_once(self):
        database, sink = self.copy_database(), self.sink()
        self.run_to_end(
            database,
            function=jobs.queue_and_send_mail,
            sink=sink,
            address="a@b.example",
        )
        [mail] = sink.sent_to("a@b.example")
        self.assertEqual(mail.email["Subject"], "Délai")
        self.assertIn("Bonjour", mail.email.get_body().get_content())
