"""The mail backends: an SMTP server within a bounded time, or a folder of files."""

import contextlib
import os
import re
import smtplib
import socket
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

# EMAIL_TIMEOUT bounds each wait for the server, and a server that sends a byte at a
# time never lets one end; this bounds the whole conversation, in seconds.
LONGEST_CONVERSATION = 30.0


class SmtpBackend(EmailBackend):
    """Django's, with a bound, and with nothing that counts after the server's yes.

    Django's own says goodbye before it tells that the mail was taken, and raises where
    it cannot read the answer to that: the mail would be sent again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._begun: list[smtplib.SMTP] = []

    @property
    def connection_class(self) -> Any:
        return partial(_TlsConnection if self.use_ssl else _Connection, self._begun)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with self._bounded():
            try:
                self.open()
                # Over the open connection, and so without a goodbye.
                return super().send_messages(email_messages)
            finally:
                self._leave()

    def _leave(self) -> None:
        with contextlib.suppress(OSError):
            self.close()
        while self._begun:
            with contextlib.suppress(OSError):
                self._begun.pop().close()

    @contextlib.contextmanager
    def _bounded(self) -> Iterator[None]:
        done = threading.Event()
        watch = threading.Thread(target=self._cut_off, args=(done,), daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()

    def _cut_off(self, done: threading.Event) -> None:
        """Cut the conversation when it has taken too long, from a thread of its own."""
        wait = LONGEST_CONVERSATION
        # More than once: a connection may just be on its way from one socket to another.
        while not done.wait(wait):
            for connection in list(self._begun):
                if sock := connection.sock:
                    with contextlib.suppress(OSError):
                        sock.shutdown(socket.SHUT_RDWR)
            wait = 1.0


class _Connection(smtplib.SMTP):
    """A connection that is known while it is being made, which takes a conversation."""

    def __init__(self, begun: list[smtplib.SMTP], *args: Any, **kwargs: Any) -> None:
        begun.append(self)
        super().__init__(*args, **kwargs)


class _TlsConnection(smtplib.SMTP_SSL):
    """The same, that begins with TLS."""

    def __init__(self, begun: list[smtplib.SMTP], *args: Any, **kwargs: Any) -> None:
        begun.append(self)
        super().__init__(*args, **kwargs)


class FolderBackend(BaseEmailBackend):
    """A file for each mail, in EMAIL_FILE_PATH: for a machine without a mail server.

    A mail that is written again replaces its file, and nobody reads half of one.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(str(settings.EMAIL_FILE_PATH))
        # What stands in it opens accounts.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            mail: Any = message.message()  # the stub has not Django's `linesep`
            name = getattr(message, "file_name", "") or _bare(str(mail["Message-ID"]))
            draft = folder / f".{name}.{os.getpid()}"
            draft.write_bytes(mail.as_bytes(linesep="\r\n"))
            draft.replace(folder / f"{name}.eml")
        return len(email_messages)


def _bare(message_id: str) -> str:
    return re.sub(r"[^A-Za-z0-9.@-]", "", message_id).strip(".")
