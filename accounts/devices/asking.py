"""The asking device or program, held to after a wait: what ended meanwhile writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from accounts.exceptions import TokenInvalid
from accounts.models import User
from focusguard.web.origin import serving


@dataclass(frozen=True, slots=True)
class Asker:
    """A user as their row was when the request was signed in, and by what it was.

    `is_live` asks whether the device, or the token of a program, still would; `ended`
    is what its owner is told where it would not.
    """

    user: User
    is_live: Callable[[], bool]
    ended: str


def remember(
    request: HttpRequest,
    user: User,
    is_live: Callable[[], bool],
    *,
    ended: str = TokenInvalid.message,
) -> None:
    """Note on the request by what it was signed in."""
    request.asker = Asker(user, is_live, ended)  # type: ignore[attr-defined]  # ours, read below


def require_signed_in_still(locked: User) -> None:
    """Refuse what asks for the locked user by what has ended meanwhile.

    TokenInvalid. Signing a request in comes before the wait for the user's lock, and
    for a hash: whoever signed the device out in between was told that it is out. The
    locked row says whether anything of that kind happened, so the device itself is
    asked for almost never.
    """
    asker: Asker | None = getattr(serving.get(), "asker", None)
    if asker is None or asker.user.pk != locked.pk:
        return
    before = asker.user.sign_outs, asker.user.password
    if (locked.sign_outs, locked.password) == before:
        return
    if not asker.is_live():
        raise TokenInvalid(asker.ended)
