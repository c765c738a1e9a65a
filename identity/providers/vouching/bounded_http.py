"""Requests to a provider, bounded in time, in size and in number.

A provider that hangs, sends without end or points elsewhere costs whoever signs in by it
an error, and nobody else anything: two of a worker's threads talk to providers at most.
"""

import json
import logging
import time
from collections.abc import Callable
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from identity.providers.exceptions import ProviderAway, ProviderRefused

if TYPE_CHECKING:
    from requests import Response, Session

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 2
READ_SECONDS = 3
# All that is asked in one go: a token, keys, and who it is.
IN_ALL_SECONDS = 5
MOST_BYTES = 64 * 1024
AT_ONCE = 2
RETRY_SECONDS = 30

_places = BoundedSemaphore(AT_ONCE)

Found = TypeVar("Found")


def conversation(talk: Callable[[], Found]) -> Found:
    """Talk to a provider within `IN_ALL_SECONDS`. ProviderAway; ProviderRefused.

    In a thread of its own, since no time-out of a socket bounds all of it: neither the
    look-up of a name nor a server that sends a byte now and then. A thread that is given
    up keeps its place until it ends, so that there are never more than `AT_ONCE`. Call
    it outside of any transaction, and let `talk` ask no database.
    """
    if not _places.acquire(blocking=False):
        raise ProviderAway(retry_after=RETRY_SECONDS)
    said: SimpleQueue[tuple[Found | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            said.put((talk(), None))
        except BaseException as error:
            said.put((None, error))
        finally:
            _places.release()

    Thread(target=copy_context().run, args=(run,), daemon=True).start()
    try:
        found, error = said.get(timeout=IN_ALL_SECONDS)
    except Empty:
        logger.warning("a provider was given up after %s s", IN_ALL_SECONDS)
        raise ProviderAway(retry_after=RETRY_SECONDS) from None
    if error is not None:
        raise error
    return found  # type: ignore[return-value]  # there is one where there is no error


def get_json(session: "Session", url: str, **options: Any) -> Any:
    """Ask for a JSON document. ProviderAway where none comes, whatever the reason."""
    return read_json(fetch(session, "GET", url, **options))


def fetch(session: "Session", method: str, url: str, **options: Any) -> "Response":
    """Send a request that follows no redirect, and read what comes as far as allowed.

    A redirect could lead to where only we can ask: 169.254.169.254 and the like.
    """
    import requests

    ends_at = time.monotonic() + IN_ALL_SECONDS
    # Without one of ours, requests takes what a ~/.netrc has for the host.
    options.setdefault("auth", _no_other)
    try:
        response = session.request(
            method,
            url,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
            stream=True,
            **options,
        )
        with response:
            response._content = _read(response, ends_at)
    # urllib3 has faults that requests does not wrap.
    except (requests.RequestException, OSError, ValueError) as error:
        raise away(f"{url}: {error}") from error
    return response


def read_json(response: "Response") -> Any:
    """Return what a good answer holds. ProviderAway for any other."""
    if response.status_code != 200:
        raise away(f"{response.url}: status {response.status_code}")
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError) as error:
        raise away(f"{response.url}: no JSON") from error


def away(why: str) -> ProviderAway:
    """Say in the log why, and return what the client is told."""
    logger.warning("a provider is away: %s", why)
    return ProviderAway(retry_after=RETRY_SECONDS)


def require_object(told: Any, what: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise ProviderRefused(f"{what} is no JSON object")
    return told


def _no_other(request: Any) -> Any:
    return request


def _read(response: "Response", ends_at: float) -> bytes:
    content = b""
    for piece in response.iter_content(4096):
        content += piece
        if len(content) > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES} bytes")
        if time.monotonic() > ends_at:
            raise ValueError(f"more than {IN_ALL_SECONDS} s")
    return content
