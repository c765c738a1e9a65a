"""How an answer is cut into packets: a socket of packets shows each by itself."""

import socket
from collections.abc import Iterator

import pytest

from server.outgoing import BLOCK, Outgoing

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
Sockets = tuple[Outgoing, socket.socket]


@pytest.fixture
def sockets() -> Iterator[Sockets]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        theirs.setblocking(False)
        outgoing = Outgoing(ours)
        outgoing.begin()
        yield outgoing, theirs
        outgoing.discard()


def packets(theirs: socket.socket) -> list[bytes]:
    """Return what has arrived by now, each as it was sent."""
    arrived = []
    while True:
        try:
            arrived.append(theirs.recv(2 * BLOCK))
        except BlockingIOError:
            return arrived


def test_a_head_goes_with_the_first_piece_of_its_body(sockets: Sockets) -> None:
    outgoing, theirs = sockets
    for piece in (HEAD, b"first", b"second"):
        outgoing.sendall(piece)
    outgoing.end()
    assert packets(theirs) == [HEAD + b"first", b"second"]


def test_a_head_without_a_body_goes_alone(sockets: Sockets) -> None:
    outgoing, theirs = sockets
    outgoing.sendall(HEAD)
    outgoing.end()
    assert packets(theirs) == [HEAD]


def test_the_next_answer_has_a_head_of_its_own(sockets: Sockets) -> None:
    outgoing, theirs = sockets
    outgoing.sendall(HEAD)
    outgoing.end()
    outgoing.begin()
    outgoing.sendall(HEAD)
    outgoing.sendall(b"body")
    outgoing.end()
    assert packets(theirs) == [HEAD, HEAD + b"body"]


def test_a_large_body_is_not_copied_behind_its_head(sockets: Sockets) -> None:
    outgoing, theirs = sockets
    outgoing.sendall(HEAD)
    outgoing.sendall(bytes(BLOCK + 1))
    outgoing.end()
    assert packets(theirs) == [HEAD, bytes(BLOCK + 1)]
