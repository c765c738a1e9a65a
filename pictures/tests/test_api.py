import base64
import json
import stat
import threading
import uuid

import pytest
from django.conf import settings as django_settings
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db.models.functions import Now

from accounts import services as account_services
from accounts.models import SecurityEvent, User
from pictures import garbage
from pictures.exceptions import PicturesAway
from pictures.models import PictureGarbage
from pictures.redrawing import easel
from pictures.stores.folder import FolderStore
from pictures.tests.files import jpeg, png, segments
from tests.harness.answers import refusal

URL = "/api/users/me/picture"
ME = "/api/users/me"
MOST = django_settings.PICTURE_MAX_SIZE

pytestmark = pytest.mark.django_db


def upload(client, raw=None, content_type="image/jpeg", **headers):
    raw = jpeg() if raw is None else raw
    return client.generic("PUT", URL, raw, content_type=content_type, headers=headers)


def uploaded(client, **options):
    answer = upload(client, **options)
    assert answer.status_code == 200
    return answer.json()["picture"]


@pytest.fixture
def away(monkeypatch):
    """A store that does not answer; a call brings it back."""
    with monkeypatch.context() as patched:

        def fail(*args):
            raise PicturesAway

        for name in ("put", "get", "delete", "kept"):
            patched.setattr(FolderStore, name, fail)
        yield patched.undo


def test_a_picture_is_shown_wherever_its_user_is(
    pictures_on, as_alice, as_bob, alice, anonymous
):
    User.objects.filter(pk=alice.pk).update(xp_points=10)
    assert as_alice.get(ME).json()["picture"] is None
    path = uploaded(as_alice)
    alice.refresh_from_db()
    assert path == f"/api/pictures/{alice.picture_id.hex}.webp"
    assert pictures_on() == [f"{alice.picture_id.hex}.webp"]
    assert as_alice.get(ME).json()["picture"] == path
    assert as_alice.get("/api/auth/me").json()["picture"] == path
    assert as_bob.get(f"/api/users/{alice.pk}").json()["picture"] == path
    (entry,) = as_bob.get("/api/leaderboard/xp").json()["leaderboard"]
    assert entry["picture"] == path
    for url in (path, path.replace("/api/", "/api/v1/")):
        assert anonymous.get(url).status_code == 200


def test_a_picture_is_answered_as_a_picture_and_nothing_else(
    pictures_on, as_alice, anonymous
):
    path = uploaded(as_alice)
    answer = anonymous.get(path, HTTP_ACCEPT="image/avif,image/webp,*/*;q=0.8")
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "RateLimit" not in answer
    assert not answer.cookies
    assert anonymous.head(path).status_code == 200
    assert refusal(anonymous.get(f"{path}?v=2")) == (400, "INVALID_PARAMETER")


@pytest.mark.parametrize("form", ["hex", "upper", "dashes", "other", "dots"])
def test_another_name_is_found_nowhere(pictures_on, as_alice, alice, anonymous, form):
    uploaded(as_alice)
    alice.refresh_from_db()
    name = {
        "hex": uuid.uuid4().hex,
        "upper": alice.picture_id.hex.upper(),
        "dashes": str(alice.picture_id),
        "other": "picture",
        "dots": "..%2f..%2fetc%2fpasswd",
    }[form]
    answer = anonymous.get(f"/api/pictures/{name}.webp")
    assert answer.status_code == 404


def test_each_upload_has_a_new_address_and_ends_the_one_before(
    pictures_on, as_alice, anonymous
):
    paths = [uploaded(as_alice, raw=raw) for raw in (jpeg(), jpeg(), png())]
    assert len({*paths}) == 3
    assert [anonymous.get(path).status_code for path in paths] == [404, 404, 200]
    assert len(pictures_on()) == 1
    assert not PictureGarbage.objects.exists()


def test_a_picture_is_taken_away_and_again(pictures_on, as_alice, anonymous):
    path = uploaded(as_alice)
    before = User.objects.get().updated_at
    assert [as_alice.delete(URL).status_code for _ in range(2)] == [204, 204]
    assert as_alice.get(ME).json()["picture"] is None
    assert User.objects.get().updated_at > before
    assert refusal(anonymous.get(path)) == (404, "PICTURE_NOT_FOUND")
    assert pictures_on() == []


@pytest.mark.parametrize(
    ("raw", "options", "expected"),
    [
        (b"<svg/>", {"content_type": "image/png"}, (422, "PICTURE_UNREADABLE")),
        (b"", {}, (422, "PICTURE_UNREADABLE")),
        (png(size=(3001, 3000)), {}, (422, "PICTURE_TOO_LARGE")),
        (b"\xff" * (MOST + 1), {}, (413, "PAYLOAD_TOO_LARGE")),
        (None, {"content_type": "image/gif"}, (415, "UNSUPPORTED_MEDIA_TYPE")),
        (None, {"content_type": "image/*"}, (415, "UNSUPPORTED_MEDIA_TYPE")),
        (None, {"content_type": "text/html"}, (415, "UNSUPPORTED_MEDIA_TYPE")),
        (None, {"content_type": ""}, (415, "UNSUPPORTED_MEDIA_TYPE")),
        (
            None,
            {"content_type": "multipart/form-data; boundary=x"},
            (415, "UNSUPPORTED_MEDIA_TYPE"),
        ),
        (None, {"Content-Encoding": "gzip"}, (415, "UNSUPPORTED_MEDIA_TYPE")),
        (None, {"Transfer-Encoding": "chunked"}, (411, "LENGTH_REQUIRED")),
    ],
)
def test_what_is_refused(pictures_on, as_alice, raw, options, expected):
    answer = upload(as_alice, raw=raw, **options)
    if not raw and raw is not None:
        # The test's client sends no length with nothing.
        expected = (411, "LENGTH_REQUIRED")
    assert refusal(answer) == expected
    assert pictures_on() == []
    assert not PictureGarbage.objects.exists()
    if expected[0] == 422:
        assert answer.json()["detail"]["errors"].keys() == {"picture"}


def test_the_type_of_another_of_the_three_is_no_fault(pictures_on, as_alice):
    assert upload(as_alice, raw=png(), content_type="image/webp").status_code == 200


def test_only_who_is_signed_in_has_a_picture(pictures_on, anonymous):
    assert refusal(upload(anonymous)) == (401, "NOT_AUTHENTICATED")
    assert refusal(anonymous.delete(URL)) == (401, "NOT_AUTHENTICATED")


def test_without_a_setting_nothing_tells_of_pictures(as_alice, as_bob, alice):
    User.objects.filter(pk=alice.pk).update(xp_points=10, picture_id=uuid.uuid4())
    assert "picture" not in as_alice.get(ME).json()
    assert list(as_bob.get(f"/api/users/{alice.pk}").json()) == [
        *("id", "username", "lvl", "xp_points")
    ]
    (entry,) = as_bob.get("/api/leaderboard/xp").json()["leaderboard"]
    assert list(entry) == ["rank", "user_id", "username", "lvl", "xp_points"]
    exported = json.loads(
        b"".join(as_alice.get(f"{ME}/export").streaming_content).decode()
    )
    assert "picture" not in exported
    assert refusal(upload(as_alice)) == (409, "PICTURES_OFF")
    assert refusal(as_alice.delete(URL)) == (409, "PICTURES_OFF")
    hidden = as_alice.get(f"/api/pictures/{uuid.uuid4().hex}.webp")
    assert refusal(hidden) == (404, "PICTURE_NOT_FOUND")


def test_ten_pictures_an_hour(pictures_on, as_alice, as_bob, settings):
    settings.RATE_LIMIT_ENABLED = True
    settings.RATE_LIMIT_PER_MINUTE = 1000
    # What is refused by its kind alone is not counted, what is drawn is.
    assert upload(as_alice, content_type="image/gif").status_code == 415
    statuses = [upload(as_alice).status_code for _ in range(9)]
    statuses.append(upload(as_alice, raw=segments(2000)).status_code)
    assert statuses == [200] * 9 + [422]
    refused = upload(as_alice)
    assert refusal(refused) == (429, "PICTURE_RATE_LIMITED")
    assert 3000 < int(refused["Retry-After"]) <= 3600
    assert upload(as_bob).status_code == 200


def test_what_was_told_to_come_again_is_not_counted(pictures_on, as_alice, settings):
    """Caught: tries that met a busy worker used up the ten of the hour, and the picture
    was refused for the rest of it."""
    settings.RATE_LIMIT_ENABLED = True
    settings.RATE_LIMIT_PER_MINUTE = 1000
    for _ in range(1 + easel.WAITING):
        easel._places.acquire()
    try:
        busy = [refusal(upload(as_alice)) for _ in range(11)]
    finally:
        for _ in range(1 + easel.WAITING):
            easel._places.release()
    assert set(busy) == {(503, "PICTURE_BUSY")}
    assert upload(as_alice).status_code == 200


def test_two_wait_and_the_next_is_told_to_come_again(pictures_on, as_alice):
    waiting = []
    with easel._easel:
        for _ in range(easel.WAITING + 1):
            entered = threading.Event()

            def wait(entered=entered):
                entered.set()
                with easel.alone():
                    pass

            waiting.append(threading.Thread(target=wait))
            waiting[-1].start()
            entered.wait()
        while easel._places._value:
            pass
        refused = upload(as_alice)
    for one in waiting:
        one.join()
    assert refusal(refused) == (503, "PICTURE_BUSY")
    assert refused["Retry-After"] == "2"
    assert upload(as_alice).status_code == 200


def test_a_store_that_is_away_keeps_what_was_there(
    pictures_on, as_alice, anonymous, away
):
    assert refusal(upload(as_alice)) == (503, "PICTURES_AWAY")
    assert as_alice.get(ME).json()["picture"] is None
    away()
    path = uploaded(as_alice)
    PictureGarbage.objects.update(kept_until=Now())
    call_command("prune_pictures", verbosity=0)
    assert anonymous.get(path).status_code == 200
    assert len(pictures_on()) == 1
    assert not PictureGarbage.objects.exists()


def test_an_upload_that_the_store_carries_out_after_all_is_deleted(
    pictures_on, as_alice, alice, monkeypatch
):
    """Caught: its note went at once, and the file came after it and stayed for ever."""
    kept, late = FolderStore.put, []

    def put(*args):
        late.append(args)
        raise PicturesAway

    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "put", put)
        assert refusal(upload(as_alice)) == (503, "PICTURES_AWAY")
    User.objects.filter(pk=alice.pk).delete()
    call_command("prune_pictures", verbosity=0)
    kept(*late[0])
    PictureGarbage.objects.update(kept_until=Now())
    call_command("prune_pictures", verbosity=0)
    assert pictures_on() == []
    assert not PictureGarbage.objects.exists()


def test_a_picture_that_could_not_be_deleted_is_deleted_later(
    pictures_on, as_alice, monkeypatch
):
    uploaded(as_alice)
    with monkeypatch.context() as patched:

        def fail(*args):
            raise PicturesAway

        patched.setattr(FolderStore, "delete", fail)
        assert as_alice.delete(URL).status_code == 204
    assert len(pictures_on()) == 1
    call_command("prune_pictures", verbosity=0)
    assert pictures_on() == []
    assert not PictureGarbage.objects.exists()


def test_a_deleted_account_leaves_no_file_by_whoever_deleted_it(
    pictures_on, as_alice, alice
):
    """Caught by a service that deletes files: SQL, the admin and a cascade go past it."""
    uploaded(as_alice)
    User.objects.filter(pk=alice.pk).delete()
    assert len(pictures_on()) == PictureGarbage.objects.due().count() == 1
    call_command("prune_pictures", verbosity=0)
    assert pictures_on() == []
    assert not PictureGarbage.objects.exists()


def test_a_file_is_gone_once_the_account_is(
    pictures_on, as_alice, alice, django_capture_on_commit_callbacks
):
    uploaded(as_alice)
    with django_capture_on_commit_callbacks(execute=True):
        account_services.delete_account(user=alice)
        assert len(pictures_on()) == 1
    assert pictures_on() == []
    assert not PictureGarbage.objects.exists()


def test_an_upload_of_an_account_that_ended_leaves_nothing(
    pictures_on, alice, monkeypatch
):
    from accounts.exceptions import TokenInvalid
    from pictures import services

    kept = FolderStore.put

    def put(store, *args):
        kept(store, *args)
        User.objects.filter(pk=alice.pk).delete()

    monkeypatch.setattr(FolderStore, "put", put)
    with pytest.raises(TokenInvalid):
        services.put_picture(user_id=alice.pk, read=jpeg)
    assert pictures_on() == []
    assert not PictureGarbage.objects.exists()


def test_a_file_that_is_being_deleted_becomes_nobodys_picture(pictures_on, alice):
    picture_id = garbage.reserve()
    PictureGarbage.objects.update(kept_until=None)
    with pytest.raises(PicturesAway):
        garbage.claim(picture_id)


def test_others_of_the_machine_may_read_a_file_that_nginx_serves(pictures_on, as_alice):
    uploaded(as_alice)
    (name,) = pictures_on()
    mode = (pictures_on.folder / name).stat().st_mode
    assert stat.S_IMODE(mode) & 0o044


def test_the_export_has_the_picture_itself(pictures_on, as_alice, away):
    away()
    assert _exported(as_alice)["picture"] is None
    uploaded(as_alice)
    (name,) = pictures_on()
    kind, _, packed = _exported(as_alice)["picture"].partition(",")
    assert kind == "data:image/webp;base64"
    assert base64.b64decode(packed) == (pictures_on.folder / name).read_bytes()


def test_an_export_without_its_picture_is_none(pictures_on, as_alice, monkeypatch):
    def fail(*args):
        raise PicturesAway

    uploaded(as_alice)
    monkeypatch.setattr(FolderStore, "get", fail)
    assert refusal(as_alice.get(f"{ME}/export")) == (503, "PICTURES_AWAY")
    table = as_alice.get(f"{ME}/export?format=csv")
    assert b"".join(table.streaming_content).startswith(b"id,")


def _exported(client):
    return json.loads(b"".join(client.get(f"{ME}/export").streaming_content))


def test_staff_sees_a_picture_and_takes_it_away(pictures_on, as_alice, alice, as_staff):
    path = uploaded(as_alice)
    page = as_staff.get(f"/admin/accounts/user/{alice.pk}/change/")
    assert f'<img src="{path}"' in page.content.decode()
    chosen = {"action": "remove_picture", "_selected_action": [str(alice.pk)]}
    as_staff.post("/admin/accounts/user/", chosen)
    alice.refresh_from_db()
    assert alice.picture_id is None
    assert pictures_on() == []
    own, event = SecurityEvent.objects.filter(kind="picture_changed").order_by("at")
    assert own.actor is None
    assert (event.user_id, event.actor.username) == (alice.pk, "ada_admin")
    assert LogEntry.objects.get().change_message == "Picture removed."
    told = as_staff.post("/admin/accounts/user/", chosen, follow=True).content.decode()
    assert "There is no picture." in told
    assert SecurityEvent.objects.filter(kind="picture_changed").count() == 2


def test_staff_is_offered_no_pictures_where_none_are_kept(as_staff, alice):
    assert (
        "remove_picture" not in as_staff.get("/admin/accounts/user/").content.decode()
    )
    page = as_staff.get(f"/admin/accounts/user/{alice.pk}/change/").content.decode()
    assert "Picture" not in page


def test_one_statement_shows_a_picture(
    pictures_on, as_alice, django_assert_num_queries
):
    path = uploaded(as_alice)
    with django_assert_num_queries(1):
        as_alice.get(ME)
    with django_assert_num_queries(0):
        as_alice.get(path)
