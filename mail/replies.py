"""The errors of a mail server, as what follows from them."""

import re
import smtplib
import ssl
from dataclasses import dataclass

# Whatever may be an address, also one without its domain's end; and what a filter quotes
# of the mail: a link, or the secret of one, which is good although the mail was refused.
UNKEPT = re.compile(r"\S*(?:@|://|[A-Za-z0-9_-]{32})\S*")
# RFC 3463, as 5.1.1.
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a mail was not taken. `final`: no further try would change that.

    `of_server`: it is about the server and our account there, and would meet every mail.
    """

    reason: str
    final: bool = False
    of_server: bool = False


def refusal(error: Exception, *, quoted: bool) -> Refusal:
    """Tell what an error of sending means.

    What the server says to this mail ends it where the code is 5xx. What it says before
    (to the greeting, to our password) is for the operator to put right, so that the
    mails of a wrong configuration are not lost. Its words are `quoted` without any
    address or link, or left out.
    """
    reply = _reply(error)
    if reply:
        code, text = reply
        reason = f"The server answered {code}{_words(text, quoted=quoted)}"
        return Refusal(reason, final=500 <= code < 600)
    if isinstance(error, smtplib.SMTPResponseException):
        said = _words(error.smtp_error, quoted=quoted)
        return Refusal(
            f"The server took no mail from us: {error.smtp_code}{said}", of_server=True
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refusal(f"The server lacks something: {error}", of_server=True)
    if isinstance(error, ssl.SSLError):
        name = type(error).__name__
        return Refusal(f"No safe connection to the server: {name}.", of_server=True)
    if isinstance(error, TimeoutError):
        return Refusal("The server did not answer in time.", of_server=True)
    if isinstance(error, OSError):
        return Refusal(f"The server is away: {type(error).__name__}.", of_server=True)
    if isinstance(error, ValueError):
        return Refusal(f"It cannot be sent: {type(error).__name__}.", final=True)
    return Refusal(f"Sending failed: {type(error).__name__}.")


def _reply(error: Exception) -> tuple[int, bytes | str] | None:
    """Return what the server answered to this mail, if that was the error.

    `SMTPRecipientsRefused` has the replies by recipient, and a mail of ours has one:
    451 (later) and 550 (never) come by the same class.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code, error.smtp_error
    return None


def _words(text: bytes | str, *, quoted: bool) -> str:
    """Return a server's words to be stored, or of them the status alone."""
    said = text.decode("ascii", "replace") if isinstance(text, bytes) else text
    status = STATUS.match(said)
    if not quoted:
        return f" {status[0]}" if status else ""
    printable = "".join(c if c.isprintable() else " " for c in said)
    return " " + UNKEPT.sub("…", " ".join(printable.split()))
