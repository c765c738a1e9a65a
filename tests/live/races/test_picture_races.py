"""Uploads of a picture beside each other, and beside the end of their account."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command

from accounts.devices.one_door import open_device
from accounts.models import User
from pictures.models import PictureGarbage
from pictures.tests.files import jpeg
from tests.live.harness.burst import Dam
from tests.live.harness.pictures.uploads import send_picture
from tests.live.harness.stack import THREADS, Request

pytestmark = pytest.mark.slow

RACERS = 50


@pytest.fixture(scope="module")
def started(start_stack, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    stack = start_stack(RATE_LIMIT_ENABLED="false", PICTURES_DIR=str(folder))
    stack.pictures = folder
    return stack


@pytest.fixture
def picture_stack(started):
    """A stack without a picture: those of the test before have lost their rows."""
    for path in started.pictures.iterdir():
        path.unlink()
    return started


@pytest.fixture
def signed_in(alice):
    return open_device(user=alice)


def upload_until_taken(stack, token, gate):
    """Send a picture, and again while others are being drawn."""
    gate.wait()
    while True:
        answer = send_picture(stack, token, jpeg())
        if answer.status_code != 503:
            return answer.status_code


def race(stack, alice, signed_in, *others):
    """Let fifty uploads, and what else is asked, meet at the user's row."""
    token = signed_in.access_token
    gate = Barrier(RACERS + len(others))

    def ask(request):
        gate.wait()
        return stack.send(request).status_code

    with ThreadPoolExecutor(RACERS + len(others)) as pool:
        with Dam(alice) as dam:
            uploads = [
                pool.submit(upload_until_taken, stack, token, gate)
                for _ in range(RACERS)
            ]
            asked = [pool.submit(ask, request) for request in others]
            dam.wait_for(THREADS + 1)
        return [one.result() for one in uploads], [one.result() for one in asked]


@pytest.mark.row("ID43")
def test_fifty_uploads_leave_one_picture(picture_stack, unharmed, alice, signed_in):
    """Caught, where nothing deleted what was there before: 49 files more."""
    stack = unharmed(picture_stack, busy=True)
    uploads, _ = race(stack, alice, signed_in)
    assert uploads == [200] * RACERS
    alice.refresh_from_db()
    assert [path.name for path in stack.pictures.iterdir()] == [
        f"{alice.picture_id.hex}.webp"
    ]
    assert not PictureGarbage.objects.exists()


@pytest.mark.row("ID44")
def test_fifty_uploads_beside_the_end_of_the_account_leave_nothing(
    picture_stack, unharmed, alice, signed_in, settings
):
    """Caught, where an upload that was refused kept its file: 15 of them."""
    stack = unharmed(picture_stack, busy=True)
    settings.PICTURES_DIR = str(stack.pictures)
    end = Request("DELETE", "/api/users/me", token=signed_in.access_token)
    uploads, ended = race(stack, alice, signed_in, end)
    assert ended == [204]
    assert {*uploads} <= {200, 401}
    assert 401 in uploads
    assert not User.objects.filter(pk=alice.pk).exists()
    call_command("prune_pictures", verbosity=0)
    assert [*stack.pictures.iterdir()] == []
    assert not PictureGarbage.objects.exists()
