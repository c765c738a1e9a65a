"""Bodies that come in chunks (RFC 9112, section 7.1), without a length.

Django reads as much as `Content-Length` says and takes a missing one for no body at
all: a session would be started without the plan that was sent along.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.conf import settings
from gunicorn.http.errors import ParseException

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class ChunkedBodies:
    """Give a chunked body the length that it turns out to have.

    One over the limit is cut a byte behind it and refused as too large; a broken one
    is refused where the application reads it.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
            try:
                body = environ["wsgi.input"].read(limit)
            except (OSError, ParseException):
                environ["wsgi.input"], length = _Broken(), 1
            else:
                environ["wsgi.input"], length = BytesIO(body), len(body)
            environ["CONTENT_LENGTH"] = str(length)
        return self._application(environ, start_response)


class _Broken(BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError("broken chunks")
