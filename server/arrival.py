"""The arrival of a request: how much is there, told from its bytes before they are parsed.

Only what decides whether to wait for more is read here. What is broken behind the end
of its head counts as arrived: gunicorn's parser says what is wrong with it. Each byte
is looked at once, however many pieces it comes in.
"""

import enum
import re

from gunicorn.http.errors import (
    InvalidChunkSize,
    InvalidHeader,
    LimitRequestHeaders,
    LimitRequestLine,
)

# More than all sane cookies; nginx's own limit is half of it.
MOST_HEAD = 64 * 1024
# DATA_UPLOAD_MAX_MEMORY_SIZE: the application refuses what is larger without reading.
MOST_BODY = 64 * 1024
# UPLOAD_MAX_SIZE: of a file that is imported, by somebody who may be signed in.
MOST_UPLOAD = 2 * 1024 * 1024
# PICTURE_MAX_SIZE: of a picture, by the same.
MOST_PICTURE = 5 * 1024 * 1024
# Beyond the configured 4094 the parser refuses a request line without its end.
MOST_LINE = 4096 + 2
MOST_CHUNK_LINE = 256

END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n")
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked[ \t]*\r\n")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\Z")
UPLOAD = re.compile(
    rb"(?i)(?:\r\n)?(?:POST /api(?:/v1)?/imports|PUT /api(?:/v1)?/users/me/(picture))"
    rb"(?:\?[^ \r\n]*)? HTTP/1\.1\r\n"
    rb"(?:[^\r\n]+\r\n)*?authorization:[ \t]*bearer "
)
EXPECTS = re.compile(
    rb"(?i)(\A[^\r\n]* HTTP/1\.1\r\n(?:[^\r\n]+\r\n)*?)"
    rb"expect:[ \t]*100-continue[ \t]*\r\n"
)


class State(enum.Enum):
    HEAD_MISSING = enum.auto()
    BODY_MISSING = enum.auto()
    WHOLE = enum.auto()
    # Its head, and more of its body than will be read.
    TOO_LARGE = enum.auto()


class Arrival:
    """The bytes of one request so far, and of what was sent right behind it."""

    _searched = 0  # bytes in which the head does not end
    _expects: bool | None = None  # None: not looked for yet
    _body = -1  # where the body begins; -1: the head is not there yet
    _length = 0  # of the body; -1: it comes in chunks
    _most = MOST_BODY
    _chunk = 0  # where the next chunk begins
    _decoded = 0  # bytes in the chunks before it

    def __init__(self) -> None:
        self.data = bytearray()

    def state(self) -> State:
        """Say what is missing; a ParseException where no further byte can mend it."""
        if self._body < 0 and not self._find_body():
            return State.HEAD_MISSING
        if self._length < 0:
            return self._state_of_chunks()
        if self._length > self._most:
            return State.TOO_LARGE
        if len(self.data) - self._body < self._length:
            return State.BODY_MISSING
        return State.WHOLE

    def lacks_head(self) -> bool:
        """Tell whether the head has not arrived yet."""
        return self._body < 0

    def is_upload(self) -> bool:
        """Tell whether it is a file, of which more is held than of other bodies."""
        return self._most > MOST_BODY

    def most_held(self) -> int:
        """Return the bytes that its body may take at most."""
        return min(max(self._length, 0), self._most)

    def head(self) -> bytes:
        """Return the head; nothing where it has not arrived yet."""
        return bytes(self.data[: max(0, self._body)])

    def forget_body(self) -> None:
        """Keep the head alone, of what was handed over."""
        self.data = self.data[: max(0, self._body)]

    def stop_expecting(self) -> bool:
        """Tell, once, whether the client waits for `100 Continue`."""
        if self._expects is not None:
            return False
        head = bytes(self.data[: self._body])
        asked = EXPECTS.sub(rb"\1", head, count=1)
        self._expects = len(asked) < len(head)
        # Told once: the parser would tell it again.
        self.data[: self._body] = asked
        self._chunk -= len(head) - len(asked)
        self._body = len(asked)
        return self._expects

    def _find_body(self) -> bool:
        end = self.data.find(END_OF_HEAD, max(0, self._searched - 3))
        if end < 0:
            self._refuse_hopeless()
            self._searched = len(self.data)
            return False
        self._body = self._chunk = end + len(END_OF_HEAD)
        head = self.data[: end + 2].lower()
        lengths = head.count(b"\r\ncontent-length:")
        codings = head.count(b"\r\ntransfer-encoding:")
        # What is said twice, or in both ways, is refused unread.
        if lengths + codings == 1:
            if codings and CHUNKED.search(head):
                self._length = -1
            elif said := LENGTH.search(head):
                self._length = int(said[1])
                if self._length > MOST_BODY and (file := UPLOAD.match(self.data)):
                    self._most = MOST_PICTURE if file[1] else MOST_UPLOAD
        return True

    def _refuse_hopeless(self) -> None:
        """Refuse a head that the parser would refuse if it ever came to its end."""
        known = self._searched
        if self.data.count(b"\n", known) != self.data.count(b"\r\n", max(0, known - 1)):
            raise InvalidHeader("bare LF as line terminator")
        size = len(self.data)
        # An empty line may come before the first.
        if size > MOST_LINE and self.data.find(b"\r\n", 2, MOST_LINE) < 0:
            raise LimitRequestLine(size, MOST_LINE)
        if size > MOST_HEAD:
            raise LimitRequestHeaders("limit request headers")

    def _state_of_chunks(self) -> State:
        while self._decoded <= MOST_BODY:
            line_end = self.data.find(b"\r\n", self._chunk)
            if line_end < 0:
                if len(self.data) - self._chunk > MOST_CHUNK_LINE:
                    raise InvalidChunkSize(b"")
                return State.BODY_MISSING
            said = CHUNK_SIZE.match(self.data[self._chunk : line_end])
            if said is None:
                return State.WHOLE
            size, begins = int(said[1], 16), line_end + 2
            if size == 0:
                return self._state_of_trailers(begins)
            arrived = len(self.data) - begins
            if arrived < size + 2:
                too_large = self._decoded + arrived > MOST_BODY
                return State.TOO_LARGE if too_large else State.BODY_MISSING
            if self.data[begins + size : begins + size + 2] != b"\r\n":
                return State.WHOLE
            self._decoded += size
            self._chunk = begins + size + 2
        return State.TOO_LARGE

    def _state_of_trailers(self, begins: int) -> State:
        if self.data.startswith(b"\r\n", begins) or (
            self.data.find(END_OF_HEAD, begins) >= 0
        ):
            return State.WHOLE
        if len(self.data) - begins > MOST_HEAD:
            raise LimitRequestHeaders("limit request trailer section size")
        return State.BODY_MISSING
