"""When a request has arrived, in whatever pieces it comes."""

import pytest
from django.conf import settings
from gunicorn.http.errors import (
    InvalidChunkSize,
    InvalidHeader,
    LimitRequestHeaders,
    LimitRequestLine,
)

from server.arrival import MOST_BODY, MOST_HEAD, MOST_UPLOAD, Arrival, State

HEAD = b"POST /api/sessions HTTP/1.1\r\nHost: a\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
WHOLE = [
    b"GET / HTTP/1.0\r\n\r\n",
    b"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    HEAD + b"Content-Length: 0\r\n\r\n",
    HEAD + b"content-LENGTH:2\r\n\r\n{}",
    HEAD + b"Content-Length: 2 \r\nX-Content-Length: 9\r\n\r\n{}",
    HEAD + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
    CHUNKED + b"0\r\n\r\n",
    CHUNKED + b"2\r\n{}\r\n0\r\n\r\n",
    CHUNKED + b"1;a=b\r\n{\r\n1\r\n}\r\n0\r\nX-Trailer: 1\r\n\r\n",
]
MISSING = (State.HEAD_MISSING, State.BODY_MISSING)


def arrived(*pieces):
    arrival = Arrival()
    for piece in pieces:
        arrival.data += piece
        state = arrival.state()
    return state


@pytest.mark.parametrize("request_", WHOLE, ids=repr)
def test_request_has_arrived_with_its_last_byte(request_):
    arrival = Arrival()
    for position in range(len(request_)):
        assert not position or arrival.state() in MISSING, request_[:position]
        arrival.data += request_[position : position + 1]
    assert arrival.state() is State.WHOLE
    arrival.data += b"GET /next"
    assert arrival.state() is State.WHOLE
    assert arrived(request_) is State.WHOLE


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 2\r\nContent-Length: 3\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 1e3\r\n",
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding: cow\r\n",
    ],
)
def test_a_length_that_means_two_things_is_not_waited_for(lines):
    assert arrived(HEAD + lines + b"\r\n") is State.WHOLE


@pytest.mark.parametrize("body", [b"zz\r\n", b"2\r\n{}xx", b"-1\r\n"])
def test_broken_chunks_are_not_waited_for(body):
    assert arrived(CHUNKED, body) is State.WHOLE


@pytest.mark.parametrize(
    ("pieces", "error"),
    [
        ([b"GET / HTTP/1.1\n"], InvalidHeader),
        ([b"GET / HTTP/1.1\r", b"\nHost: a\n"], InvalidHeader),
        ([b"GET /" + b"x" * 5000], LimitRequestLine),
        ([HEAD, *[b"X: " + b"x" * 8000 + b"\r\n"] * 9], LimitRequestHeaders),
        ([CHUNKED, b"1" * 300], InvalidChunkSize),
        (
            [CHUNKED, b"0\r\n", *[b"X: " + b"x" * 8000 + b"\r\n"] * 9],
            LimitRequestHeaders,
        ),
    ],
)
def test_what_can_come_to_no_good_end_is_refused_before(pieces, error):
    with pytest.raises(error):
        arrived(*pieces)


def test_bodies_over_the_limit_go_to_the_application_which_refuses_them():
    """A body over the limit has arrived when the application reads it: it waits for nothing."""
    assert MOST_BODY == settings.DATA_UPLOAD_MAX_MEMORY_SIZE < MOST_HEAD + 1
    assert arrived(HEAD, b"Content-Length: 65537\r\n\r\n") is State.TOO_LARGE
    assert arrived(HEAD, b"Content-Length: 65536\r\n\r\n") is State.BODY_MISSING
    assert arrived(CHUNKED, b"fffff\r\n", b"x" * 65536) is State.BODY_MISSING
    assert arrived(CHUNKED, b"fffff\r\n", b"x" * 65537) is State.TOO_LARGE
    block = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    assert arrived(CHUNKED, block, block) is State.BODY_MISSING
    assert arrived(CHUNKED, block, block, b"1\r\nx\r\n") is State.TOO_LARGE


BEARER = b"Host: a\r\nAuthorization: Bearer x\r\n"


@pytest.mark.parametrize(
    "line", [b"POST /api/imports", b"POST /api/v1/imports?zone=UTC"]
)
def test_a_file_of_somebody_may_be_larger(line):
    assert MOST_UPLOAD == settings.UPLOAD_MAX_SIZE
    begun = line + b" HTTP/1.1\r\n" + BEARER + b"Content-Length: %d\r\n\r\n"
    arrival = Arrival()
    arrival.data += begun % MOST_UPLOAD
    assert arrival.state() is State.BODY_MISSING
    assert arrival.is_upload()
    arrival.data += b"x" * MOST_UPLOAD
    assert arrival.state() is State.WHOLE
    assert arrived(begun % (MOST_UPLOAD + 1)) is State.TOO_LARGE


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (b"POST /api/imports", b"Host: a\r\n"),
        (b"POST /api/imports", b"Host: a\r\nX: authorization: bearer x\r\n"),
        (b"POST /api/imports/1/apply", BEARER),
        (b"GET /api/imports", BEARER),
        (b"POST /api/sessions?/api/imports", BEARER),
        (b"POST /x/api/imports", BEARER),
    ],
)
def test_nothing_else_may_be_larger(line, lines):
    request = line + b" HTTP/1.1\r\n" + lines + b"Content-Length: 65537\r\n\r\n"
    assert arrived(request) is State.TOO_LARGE


def test_a_file_in_chunks_is_no_larger_than_other_bodies():
    begun = b"POST /api/imports HTTP/1.1\r\n" + BEARER
    begun += b"Transfer-Encoding: chunked\r\n\r\n"
    assert arrived(begun, b"fffff\r\n", b"x" * 65537) is State.TOO_LARGE


@pytest.mark.parametrize("rest", [b"", b"{"])
def test_a_client_that_waits_to_be_asked_for_its_body_is_asked_once(rest):
    arrival = Arrival()
    lines = b"EXPECT: 100-Continue\r\nContent-Length: 2\r\n\r\n"
    arrival.data += HEAD + lines + rest
    assert arrival.state() is State.BODY_MISSING
    assert arrival.stop_expecting()
    assert not arrival.stop_expecting()
    assert arrival.data == HEAD + b"Content-Length: 2\r\n\r\n" + rest
    arrival.data += b"{}"[len(rest) :]
    assert arrival.state() is State.WHOLE


@pytest.mark.parametrize("request_line", [b"POST / HTTP/1.0", b"POST / HTTP/1.1"])
def test_others_are_not_asked(request_line):
    version_10 = request_line.endswith(b"1.0")
    expectation = b"Expect: 100-continue\r\n" if version_10 else b"X-Expect: x\r\n"
    arrival = Arrival()
    arrival.data += request_line + b"\r\n" + expectation + b"Content-Length: 2\r\n\r\n"
    assert arrival.state() is State.BODY_MISSING
    assert not arrival.stop_expecting()
