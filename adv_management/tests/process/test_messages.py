"""Two workers at once, and one that dies between two customers: one e-mail each."""

from . import post_office
from .case import ProcessCase

_SEND = "adv.customer.message._cron_send"
_COUNT = 6


class TestMessages(ProcessCase):
    """Approved messages wait for the scheduled action."""

    def setUp(self):
        super().setUp()
        self.database, self.box = self.copy_database(), self.sink()

    def _approve(self):
        self.run_to_end(
            self.database, function=post_office.approve_messages, count=_COUNT
        )

    def _states(self):
        statement = "SELECT state, count(*) FROM adv_customer_message GROUP BY state"
        return dict(self.query(self.database, statement))

    def _send_and_check(self):
        """Let Odoo's queue run: every customer got one e-mail, and the desk knows."""
        self.run_to_end(
            self.database, function=post_office.send_by_queue, sink=self.box
        )
        mails = self.query(
            self.database,
            """
            SELECT count(*) FROM mail_mail mail
              JOIN mail_message post ON post.id = mail.mail_message_id
             WHERE post.model = 'adv.customer.message'
          GROUP BY post.res_id
            """,
        )
        self.assertEqual(mails, [(1,)] * _COUNT)
        sent = [
            len(self.box.sent_to(f"notice{number}@garage.example"))
            for number in range(_COUNT)
        ]
        self.assertEqual(sent, [1] * _COUNT)
        self.assertEqual(self._states(), {"sent": _COUNT})

    def test_two_workers_at_once(self):
        self._approve()
        workers = [
            self.start(self.database, call=_SEND, batch_size=1) for _number in range(2)
        ]
        for worker in workers:
            self.assertEqual(worker.wait(), 0, worker.output)
        self.run_to_end(self.database, call=_SEND)
        self.assertEqual(self._states(), {"outgoing": _COUNT})
        self._send_and_check()

    def test_killed_between_two_customers_and_run_again(self):
        self._approve()
        for point, left in (
            ("adv.customer.message._post:2:before", {"queued": _COUNT}),
            ("adv.customer.message._post:3:after", {"queued": 4, "outgoing": 2}),
            # the second commits a batch, the third wakes Odoo's queue
            ("commit:3:after", {"queued": 2, "outgoing": 4}),
        ):
            with self.subTest(point):
                process = self.start(
                    self.database, call=_SEND, batch_size=2, kill_at=point
                )
                self.assertKilled(process)
                self.assertEqual(self._states(), left)
        self.run_to_end(self.database, call=_SEND)
        self._send_and_check()

    def test_two_who_write_the_same_message(self):
        """The later one waits, begins anew and finds what the first has written."""
        writers = [
            self.start(self.database, function=post_office.compose_slowly, seconds=3)
            for _number in range(2)
        ]
        found = set()
        for writer in writers:
            self.assertEqual(writer.wait(), 0, writer.output)
            found.add(writer.output.rpartition("result ")[2].split()[0])
        self.assertEqual(len(found), 1)
        keys = self.query(self.database, "SELECT key FROM adv_customer_message")
        self.assertEqual(keys, [("the same",)])
