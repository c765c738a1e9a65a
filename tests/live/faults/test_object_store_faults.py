"""Pictures in a bucket of S3: there, away, and back; and one that refuses us."""

import os
import shutil
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import boto3
import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from local.processes import wait_until
from pictures import services, stores
from pictures.models import PictureGarbage
from pictures.tests.files import jpeg
from tests.harness.bounds import DEADLINE
from tests.live.harness.pictures.object_store import KEYS, STORES
from tests.live.harness.pictures.uploads import send_picture
from tests.live.harness.stack import Request
from tests.live.harness.user import register


@pytest.fixture(
    scope="module", params=["moto", pytest.param("s3rver", marks=pytest.mark.slow)]
)
def bucket(request, tmp_path_factory):
    with STORES[request.param](tmp_path_factory.mktemp("s3")) as store:
        yield store


@pytest.fixture(scope="module")
def bucket_stack(start_stack, bucket):
    return start_stack(RATE_LIMIT_ENABLED="false", **bucket.environment)


@pytest.fixture
def here(settings, bucket, monkeypatch):
    """Let this process keep its pictures in the same bucket."""
    # It may remember the credentials of a test before.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    settings.PICTURES_S3_BUCKET = bucket.environment["PICTURES_S3_BUCKET"]
    settings.PICTURES_S3_ENDPOINT = bucket.url
    settings.PICTURES_S3_REGION = "us-east-1"
    yield
    stores._bucket.cache_clear()


def code_of(answer):
    return answer.status_code, answer.json()["detail"]["error_code"]


@pytest.mark.row("ID45")
def test_a_picture_in_a_bucket_is_kept_shown_replaced_and_deleted(
    bucket_stack, bucket, unharmed
):
    stack = unharmed(bucket_stack)
    person = register(stack)
    paths = [
        send_picture(stack, person.token, jpeg()).json()["picture"] for _ in range(2)
    ]
    assert bucket.names() == [paths[1].rpartition("/")[2]]
    shown = stack.send(Request("GET", paths[1]))
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.content.startswith(b"RIFF")
    assert stack.send(Request("GET", paths[0])).status_code == 404
    assert person.ask("DELETE", "/users/me").status_code == 204
    assert bucket.names() == []
    assert not PictureGarbage.objects.exists()


@pytest.mark.row("ID46")
def test_an_account_that_ends_while_the_bucket_is_away_leaves_nothing(
    bucket_stack, bucket, unharmed, here
):
    """Caught, where the file is deleted after the commit alone: it stayed for ever."""
    stack = unharmed(bucket_stack, busy=True)
    person = register(stack)
    path = send_picture(stack, person.token, jpeg()).json()["picture"]
    with bucket.frozen():
        refused = send_picture(stack, person.token, jpeg())
        assert code_of(refused) == (503, "PICTURES_AWAY")
        assert int(refused.headers["Retry-After"]) >= 1
        assert person.ask("DELETE", "/users/me").status_code == 204
        with pytest.raises(CommandError):
            call_command("prune_pictures", verbosity=0)
    # The end alone would not tell: a request that waited is answered after the thaw.
    left = stores.id_in(path.rpartition("/")[2])
    assert PictureGarbage.objects.due().filter(picture_id=left).exists()
    stores._bucket.cache_clear()
    # The refused upload is carried out after the thaw, or not: its note waits for an hour.
    assert wait_until(bucket.is_idle, seconds=DEADLINE)
    call_command("prune_pictures", verbosity=0)
    assert PictureGarbage.objects.exists()
    PictureGarbage.objects.update(kept_until=Now())
    call_command("prune_pictures", verbosity=0)
    assert bucket.names() == []
    assert not PictureGarbage.objects.exists()
    # The workers rest for a moment after a failure, and ask again then.
    answers = (stack.send(Request("GET", path)) for _ in iter(int, 1))
    assert next(one for one in answers if one.status_code != 503).status_code == 404


@pytest.mark.row("ID47")
def test_a_bucket_that_hangs_keeps_nobody_waiting_but_for_pictures(
    bucket_stack, bucket, unharmed
):
    """Caught: sixteen questions for pictures took every thread of both workers."""
    stack = unharmed(bucket_stack, busy=True)
    person = register(stack)
    path = send_picture(stack, person.token, jpeg()).json()["picture"]
    with bucket.frozen(), ThreadPoolExecutor(40) as pool:
        hanging = [pool.submit(stack.send, Request("GET", path)) for _ in range(39)]
        # Those that get no place are told so, and the others wait. Without places the first
        # answers came when all threads had hung, and told to come again in five seconds.
        told, waiting = wait(hanging, return_when=FIRST_COMPLETED)
        assert {one.result().headers["Retry-After"] for one in told} == {"1"}
        assert person.ask("GET", "/users/me").status_code == 200
        assert person.ask("GET", "/stats/me").status_code == 200
        assert any(not one.done() for one in waiting)
        answers = [one.result() for one in hanging]
    assert {code_of(answer) for answer in answers} == {(503, "PICTURES_AWAY")}


# Without its means it is skipped on a desk, and fails in CI, which has Node.
@pytest.mark.skipif(
    not (shutil.which("npm") or os.environ.get("CI")), reason="needs Node"
)
@pytest.mark.parametrize("bucket", ["s3rver"], indirect=True)
def test_a_wrong_key_is_told_to_who_can_set_it(start_stack, bucket, unharmed, here):
    """Caught, where 403 is read as "not there": 404, and an export without the picture."""
    wrong = {"AWS_SECRET_ACCESS_KEY": "of-another-bucket"}
    stack = start_stack(RATE_LIMIT_ENABLED="false", **bucket.environment | wrong)
    unharmed(stack, busy=True)
    person = register(stack)
    user = services.put_picture(user_id=person.id, read=jpeg)
    path = f"/api/pictures/{user.picture_id.hex}.webp"
    for answer in (
        person.ask("GET", "/users/me/export"),
        stack.send(Request("GET", path)),
        send_picture(stack, person.token, jpeg()),
    ):
        assert answer.status_code == 503, answer.content
        assert code_of(answer) == (503, "PICTURES_AWAY")
    log = stack.log_tail()
    assert "ERROR" in log
    assert "S3 refuses us, SignatureDoesNotMatch: set AWS_ACCESS_KEY_ID and" in log
    assert wrong["AWS_SECRET_ACCESS_KEY"] not in log
