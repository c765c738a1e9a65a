"""Rude clients: they break off in the handshake, flood, and take others' places."""

import struct
from contextlib import suppress

import psutil
import pytest
from django.db import connection, transaction

from accounts.devices.auth_services import log_out_everywhere
from accounts.devices.one_door import open_device
from realtime.serving.bounds_of_sockets import PER_DEVICE, UNPROVEN_PER_ADDRESS
from sessions_app.labels.services import make_label
from sessions_app.models import FocusSession

MEGABYTE = 2**20
FLOOD = 50 * MEGABYTE


def frame(opcode, payload=b"", *, is_last=True):
    """A frame as a client sends it: masked, by zeros."""
    first = opcode | (0x80 if is_last else 0)
    return struct.pack("!BBxxxx", first, 0x80 | len(payload)) + payload


def resident(realtime):
    return psutil.Process(realtime.process.pid).memory_info().rss


@pytest.mark.row("RT07")
def test_clients_that_vanish_in_the_handshake_are_forgotten(realtime, crowd):
    """Caught: sockets that were counted before they were taken, and not uncounted: after
    twenty of them an address was refused for good."""
    for _ in range(3 * UNPROVEN_PER_ADDRESS):
        crowd.vanish(*crowd.join())
    assert realtime.waits_for(0)
    (member,) = crowd.join()
    crowd.read_until(lambda: member.status == 101)


FLOODS = {
    "pings": (b"", frame(9, b"x" * 125)),
    "pongs": (b"", frame(10)),
    "pieces": (frame(1, b"{", is_last=False), frame(0, is_last=False)),
}


@pytest.mark.row("RT08")
@pytest.mark.parametrize("kind", FLOODS)
def test_flood_of_frames_is_ended_and_costs_no_memory(realtime, crowd, device, kind):
    """Caught: an answer to each ping for somebody who reads none, and each piece of a
    message without a byte: both were kept."""
    begins, again = FLOODS[kind]
    (member,) = crowd.sign_in([device.access_token])
    before = resident(realtime)
    block = begins + again * (MEGABYTE // len(again))
    with suppress(ConnectionError):
        for _ in range(FLOOD // MEGABYTE):
            member.sock.sendall(block)
            block = again * (MEGABYTE // len(again))
    assert resident(realtime) < before + 10 * MEGABYTE
    crowd.read_until(lambda: member.is_over)


@pytest.mark.row("RT03")
def test_revoked_tokens_take_no_place_of_their_owners_sockets(realtime, crowd, alice):
    """Caught: room that was made for tokens that still verify, before it was asked
    whether they may: whoever kept two closed the owner's sockets with 4409."""
    stolen = [open_device(user=alice).access_token for _ in range(2)]
    log_out_everywhere(user=alice)
    (mine,) = crowd.sign_in([open_device(user=alice).access_token])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"LOCK TABLE {FocusSession._meta.db_table} IN ACCESS EXCLUSIVE MODE"
        )
        # Now nobody is told what they may, for a moment.
        thieves = [crowd.join(PER_DEVICE, token=token) for token in stolen]
        crowd.read_until(
            lambda: all(one.status == 101 for some in thieves for one in some)
        )
    crowd.read_until(lambda: all(one.is_over for some in thieves for one in some))
    make_label(user_id=alice.pk, name="Deep work", color="blue")
    crowd.read_until(lambda: bool(mine.heard("changed")) or mine.is_over)
    assert mine.is_open, mine.end
