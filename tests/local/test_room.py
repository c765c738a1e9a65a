"""Starts that ran out of room, or may not write."""

import errno
import resource
import sys

import pytest

from local import cli
from local.local_error import LocalError, sentence
from local.places import Places
from tests.local.test_serve import start

WAY_OUT = "Make room on the disk, and start again: nothing has to be removed."


@pytest.mark.parametrize("most", [100, 100_000, 2_000_000])
def test_a_start_without_room_says_so_and_can_be_started_again(fresh, most):
    """As on a full disk: in the notes of locks, in initdb, in the write-ahead log."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    process = start(fresh, "exec", "true", preexec_fn=limit)
    _, said = process.communicate()
    assert process.returncode == 1
    assert said.startswith("focusguard: ")
    # initdb's own words are quoted before it, and nothing of ours comes after it.
    _, told, after = said.partition(f" {WAY_OUT}\n")
    assert told
    # A coverage that measures has no room for its own file either, and says so last.
    assert after == "" or ("coverage" in sys.modules and "focusguard: " not in after)
    again = start(fresh, "exec", "true")
    _, said = again.communicate()
    assert (again.returncode, said) == (0, "")


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_checkout_that_cannot_be_written_is_named(fresh, monkeypatch, capsys, number):
    def fail(places):
        raise OSError(number, "It may not be written", str(places.root))

    monkeypatch.setattr(Places, "make", fail)
    monkeypatch.setattr(cli, "Places", lambda: fresh)
    assert cli.main(["exec", "true"]) == 1
    assert capsys.readouterr().err == (
        f"focusguard: {fresh.root}: It may not be written. "
        "A checkout is started where it may be written: see .local/ in it.\n"
    )


def test_what_is_ours_is_said_as_it_is():
    assert sentence(LocalError("PORT must be a number.")) == "PORT must be a number."
