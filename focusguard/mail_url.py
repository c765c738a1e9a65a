"""EMAIL_URL and EMAIL_FROM: how the mail server and the sender are written."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

# By scheme: the usual port, whether TLS is asked for after the greeting, and whether
# the connection begins with it.
SCHEMES = {
    "smtp": (25, False, False),
    "smtp+starttls": (587, True, False),
    "smtps": (465, False, True),
}
ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
NAME = r"""([^\x00-\x1f\x7f"(),.:;<>@\[\\\]]+|"[^\x00-\x1f\x7f"\\]+")"""
# noreply@focusguard.example, or FocusGuard <noreply@focusguard.example>
SENDER = re.compile(rf"{ADDRESS}|{NAME} ?<{ADDRESS}>")
HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]*:[0-9a-f:.]*")


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that mail is handed to, or the `folder` that it is written into."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    folder: str = ""


def default_sender(site: str) -> str:
    """Return the address that mails of this site come from, unless it is said."""
    host = urlsplit(site).hostname or ""
    # An IP address is no domain of a mailbox.
    named = re.fullmatch(r"[a-z0-9.-]*[a-z][a-z0-9.-]*", host)
    return f"noreply@{host if named else 'localhost'}"


def mail_server(url: str, base_dir: Path) -> MailServer:
    """Read EMAIL_URL. ValueError, in words that hold nothing of it: no password."""
    _require_url(url)
    scheme, _, rest = url.partition("://")
    if scheme.lower() == "file" and rest:
        return MailServer(folder=_folder(rest, base_dir))
    if scheme.lower() not in SCHEMES:
        raise ValueError("its scheme is none of these")
    usual_port, starttls, tls = SCHEMES[scheme.lower()]
    parts = _parts(url)
    host, port = parts.hostname or "", parts.port or usual_port
    return MailServer(host, port, *_sign_in(parts), starttls, tls)


def _require_url(url: str) -> None:
    """Refuse what no URL is written like, whatever its scheme."""
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise ValueError("it has a character that belongs in no URL")
    if re.search(r"%(?![0-9A-Fa-f]{2})", url):
        raise ValueError("a % in it begins no percent-encoding")


def _parts(url: str) -> SplitResult:
    """Split the URL of a server, which ends with a host and maybe a port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("its host or port cannot be read") from None
    if not HOST.fullmatch(parts.hostname or "") or port == 0:
        raise ValueError("its host or port cannot be read")
    # So does an unencoded / ? or # in a password.
    if url.partition("://")[2].removesuffix("/") != parts.netloc:
        raise ValueError("something stands after its host")
    return parts


def _sign_in(parts: SplitResult) -> tuple[str, str]:
    """Return the user and the password to sign in with; both are empty without."""
    user, password = (unquote(part or "") for part in (parts.username, parts.password))
    if bool(user) != bool(password):
        raise ValueError("a user needs a password, and a password a user")
    # smtplib signs in by ASCII alone, and would fail at every mail.
    if not (user + password).isascii() or not (user + password).isprintable():
        raise ValueError("its user or password is not printable ASCII")
    return user, password


def _folder(path: str, base_dir: Path) -> str:
    """Return the folder of a file:// URL, which the first mail may have to make."""
    if "?" in path or "#" in path:
        raise ValueError("something stands after its folder")
    if path.startswith("localhost/"):
        path = path.removeprefix("localhost")
    folder = base_dir / unquote(path)
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    if not (existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)):
        raise ValueError("its folder cannot be written to")
    return str(folder)
