"""A mail server that keeps what it is sent: nothing leaves the machine.

In a test, ``with SmtpSink() as sink`` listens on a free port of 127.0.0.1 and collects
``sink.messages``. As a program, ``python smtp_sink.py FOLDER`` prints its port and
writes each message as a file.
"""

import asyncio
import sys
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

HOST = "127.0.0.1"


@dataclass
class SunkMail:
    """One message as the server took it: envelope and content."""

    sender: str
    recipients: list[str]
    content: bytes = field(repr=False)

    @property
    def email(self):
        """The message as :class:`email.message.EmailMessage`."""
        return message_from_bytes(self.content, policy=policy.default)


class SmtpSink:
    """An SMTP server in a thread.

    :param refused: addresses that are answered with a permanent error (550)
    :param on_message: called with each :class:`SunkMail` after it was taken and before
        the client is told so; a test may kill the client there
    """

    def __init__(self, refused=(), on_message=None):
        self.refused = set(refused)
        self.on_message = on_message or (lambda mail: None)
        self.messages = []
        self.port = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        opening = asyncio.start_server(self._serve, HOST, 0)
        future = asyncio.run_coroutine_threadsafe(opening, self._loop)
        self._server = future.result(timeout=10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *exc_info):
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    def sent_to(self, address):
        """The messages that one address was sent."""
        return [mail for mail in self.messages if address in mail.recipients]

    async def _serve(self, reader, writer):
        """Speak SMTP with one client until it goes, or is killed."""
        try:
            await self._reply(writer, "220 sink")
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _converse(self, reader, writer):
        sender, recipients = "", []
        while line := (await reader.readline()).decode(errors="replace").strip():
            verb, _, rest = line.partition(" ")
            verb = verb.upper()
            answer = "250 ok"
            if verb == "MAIL":
                sender, recipients = self._address(rest), []
            elif verb == "RCPT":
                answer = self._take_recipient(self._address(rest), recipients)
            elif verb == "DATA":
                await self._reply(writer, "354 go on")
                await self._take_message(reader, sender, recipients)
            elif verb == "QUIT":
                await self._reply(writer, "221 bye")
                return
            await self._reply(writer, answer)

    @staticmethod
    async def _reply(writer, text):
        writer.write(f"{text}\r\n".encode())
        await writer.drain()

    @staticmethod
    def _address(text):
        """The address of ``FROM:<a@b> SIZE=1``.

        >>> SmtpSink._address("FROM:<a@b.example> SIZE=1")
        'a@b.example'
        """
        return text.partition("<")[2].partition(">")[0]

    def _take_recipient(self, address, recipients):
        if address in self.refused:
            return "550 no such user"
        recipients.append(address)
        return "250 ok"

    async def _take_message(self, reader, sender, recipients):
        data = await reader.readuntil(b"\r\n.\r\n")
        content = data.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        mail = SunkMail(sender, list(recipients), content)
        self.messages.append(mail)
        self.on_message(mail)


def main(folder):
    """Keep each message as a file of ``folder`` until the input is closed."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)

    def keep(mail):
        number = len(list(folder.iterdir())) + 1
        (folder / f"{number:04}.eml").write_bytes(mail.content)

    with SmtpSink(on_message=keep) as sink:
        sys.stdout.write(f"{sink.port}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
