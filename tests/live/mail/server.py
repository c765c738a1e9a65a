"""A mail server whose every answer a test can choose, hold back or leave out."""

import asyncio
import threading
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller

from tests.harness.bounds import DEADLINE

OK = "250 OK"


class MailServer:
    """Take every mail but what a test has an answer for.

    `answers` has lists of answers by command, each given once; `HANG` is none.
    """

    HANG = None

    def __init__(self):
        self.answers = {"RCPT": [], "DATA": [], "QUIT": []}
        self.messages = []
        # Set by a test that wants the answer to DATA held until it says so.
        self.held = threading.Event()
        self.let_go = threading.Event()
        self.let_go.set()

    @property
    def ids(self):
        """The Message-ID of each mail that was taken, in order."""
        return [message["Message-ID"] for message in self.messages]

    async def _answer(self, command, usual=OK):
        if not self.answers[command]:
            return usual
        answer = self.answers[command].pop(0)
        if answer is self.HANG:
            await asyncio.sleep(DEADLINE)
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  (aiosmtpd's name)
        answer = await self._answer("RCPT")
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        answer = await self._answer("DATA")
        if answer == OK:
            self.messages.append(message_from_bytes(envelope.content))
            self.held.set()
            await asyncio.to_thread(self.let_go.wait, DEADLINE)
        return answer

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        return await self._answer("QUIT", "221 Bye")


class _OnAnyPort(Controller):
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(server, port=0, **parameters):
    """Let a server serve on a port of this machine; yield the port."""
    controller = _OnAnyPort(
        server,
        hostname="127.0.0.1",
        port=port,
        # Else it asks DNS who it is, for every connection.
        server_hostname="mail.focusguard.test",
        **parameters,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        server.let_go.set()
        controller.stop()
