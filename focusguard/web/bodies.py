"""Bodies as the server got them, of a length that Django can go by.

Django reads as much as `Content-Length` says and takes a missing one for no body at
all: a session would be started without the plan that was sent along in chunks (RFC 9112,
section 7.1).
"""

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from gunicorn.http.errors import ParseException

# The addresses that take a file; `server.arrival` has the same.
IMPORT = re.compile(r"/api(?:/v1)?/imports")
PICTURE = re.compile(r"/api(?:/v1)?/users/me/picture")

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class BoundedBodies:
    """Give a chunked body the length that it turns out to have, and no body too much.

    One over the limit is refused where the application reads it, whatever is in it:
    Django reads a form's files without end, and who drips them would hold the thread.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            try:
                body = environ["wsgi.input"].read(limit + 1)
            except (OSError, ParseException):
                environ["wsgi.input"], length = _Broken(), 1
            else:
                environ["wsgi.input"], length = BytesIO(body), len(body)
            environ["CONTENT_LENGTH"] = str(length)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > limit and length > _most(environ.get("PATH_INFO", "")):
            environ["wsgi.input"] = _TooLarge()
        return self._application(environ, start_response)


def _most(path: str) -> int:
    if IMPORT.fullmatch(path):
        return settings.UPLOAD_MAX_SIZE
    if PICTURE.fullmatch(path):
        return settings.PICTURE_MAX_SIZE
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class _Broken(BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError("broken chunks")


class _TooLarge(BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise RequestDataTooBig
