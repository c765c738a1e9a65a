import gzip
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from importing import services, steps
from importing.models import Import, Status
from importing.tests import files
from importing.tests.factories import ImportFactory
from sessions_app.models import Entry
from tests.harness.answers import refusal
from tests.harness.statements import statements

URL = "/api/imports"
MOST = django_settings.UPLOAD_MAX_SIZE

pytestmark = pytest.mark.django_db


def upload(client, raw=files.DAYS, query="", content_type="text/csv", **headers):
    return client.generic(
        "POST", URL + query, raw, content_type=content_type, headers=headers
    )


def errors_of(answer):
    return answer.json()["detail"]["errors"]


def test_a_file_is_tried_applied_and_undone(as_alice, alice):
    answer = upload(as_alice)
    assert answer.status_code == 202
    assert answer.json() == {
        "id": str(Import.objects.get().pk),
        "status": "reading",
    }
    path = f"{URL}/{answer.json()['id']}"
    assert as_alice.get(path).json()["report"] is None
    steps.read(Import.objects.get().pk)
    shown = as_alice.get(path).json()
    assert (shown["status"], shown["source"]) == ("ready", "generic")
    assert shown["report"]["accepted"] == 2
    assert as_alice.post(f"{path}/apply", {}).json()["status"] == "applying"
    steps.apply(Import.objects.get().pk)
    shown = as_alice.get(path).json()
    assert shown["outcome"]["accepted"] == Entry.objects.count() == 2
    assert as_alice.delete(path).json()["status"] == "undoing"
    steps.undo(Import.objects.get().pk)
    assert as_alice.get(path).json()["status"] == "undone"
    assert not Entry.objects.exists()


def test_the_users_zone_is_taken_unless_another_is_told(as_alice, alice):
    alice.timezone = "Asia/Tokyo"
    alice.save()
    upload(as_alice)
    assert Import.objects.get().zone == "Asia/Tokyo"
    Import.objects.all().delete()
    upload(as_alice, query="?zone=Europe/Berlin&source=generic&day_first=true")
    told = Import.objects.get()
    assert (told.zone, told.source, told.day_first) == (
        "Europe/Berlin",
        "generic",
        True,
    )


@pytest.mark.parametrize(
    "query",
    [
        *("?zone=Mars/Olympus", "?zone=", "?zone=../etc/passwd", "?source=excel"),
        *("?source=Forest", "?day_first=yes", "?day_first=1", "?days_first=true"),
        *("?zone=UTC&zone=UTC", "?source="),
    ],
)
def test_bad_parameters_are_refused(as_alice, query):
    assert refusal(upload(as_alice, query=query)) == (400, "INVALID_PARAMETER")
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    "content_type",
    [
        *("application/json", "text/plain", "application/octet-stream", "text/*"),
        *("multipart/form-data; boundary=x", "application/x-www-form-urlencoded"),
        *("text/csv; charset=iso-8859-1", "text/csv; charset=nonsense"),
    ],
)
def test_other_media_types_are_told_what_to_send(as_alice, content_type):
    answer = upload(as_alice, content_type=content_type)
    assert refusal(answer) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert "text/csv" in answer.json()["detail"]["message"]


@pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip"])
def test_packed_files_are_told_to_be_unpacked(as_alice, coding):
    packed = gzip.compress(files.DAYS)
    answer = upload(as_alice, packed, **{"Content-Encoding": coding})
    assert refusal(answer) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert "uncompressed" in answer.json()["detail"]["message"]


@pytest.mark.parametrize(
    "content_type",
    [
        "text/csv",
        "text/csv; charset=utf-8",
        "TEXT/CSV; header=present",
        "text/csv;charset=UTF-16",
    ],
)
def test_csv_however_it_is_called(as_alice, content_type):
    assert upload(as_alice, content_type=content_type).status_code == 202


def test_a_file_has_a_length(as_alice):
    chunked = upload(as_alice, **{"Transfer-Encoding": "chunked"})
    for answer in (chunked, upload(as_alice, b"")):
        assert refusal(answer) == (411, "LENGTH_REQUIRED")


def test_an_empty_file_is_refused(as_alice):
    answer = as_alice.generic(
        "POST", URL, b"", content_type="text/csv", CONTENT_LENGTH="0"
    )
    assert refusal(answer) == (422, "VALIDATION_ERROR")


def test_a_file_has_two_mebibytes_at_most(as_alice):
    assert upload(as_alice, b"x" * MOST).status_code == 202
    Import.objects.all().delete()
    answer = upload(as_alice, b"x" * (MOST + 1))
    assert refusal(answer) == (413, "PAYLOAD_TOO_LARGE")
    assert not Import.objects.exists()


@pytest.mark.parametrize("status", ["reading", "ready", "applying"])
def test_a_second_import_waits_for_the_first(as_alice, alice, status):
    first = ImportFactory(user=alice, status=status)
    answer = upload(as_alice)
    assert refusal(answer) == (409, "IMPORT_RUNNING")
    assert errors_of(answer) == {"import_id": [str(first.pk)]}


def test_five_files_a_day(as_alice, alice, bob, settings):
    now = timezone.now()
    for hours in (23, 5, 4, 3, 2, 25):
        ImportFactory(user=alice, ended=True, created_at=now - timedelta(hours=hours))
    assert upload(as_alice).status_code == 202
    Import.objects.live().delete()
    settings.RATE_LIMIT_ENABLED = True
    answer = upload(as_alice)
    assert refusal(answer) == (429, "IMPORT_RATE_LIMITED")
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    Import.objects.filter(created_at__lt=now - timedelta(hours=22)).delete()
    assert upload(as_alice).status_code == 202


def test_a_repeated_upload_is_one(as_alice):
    first = upload(as_alice, **{"Idempotency-Key": "one"})
    again = upload(as_alice, **{"Idempotency-Key": "one"})
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    for other in (
        upload(as_alice, files.GENERIC, **{"Idempotency-Key": "one"}),
        upload(as_alice, query="?zone=Asia/Tokyo", **{"Idempotency-Key": "one"}),
    ):
        assert refusal(other) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert Import.objects.count() == 1


@pytest.mark.parametrize("status", ["applying", "applied"])
def test_applying_again_changes_nothing(as_alice, alice, status):
    moment = timezone.now()
    done = status == "applied"
    found = ImportFactory(
        user=alice,
        status=status,
        raw=None if done else files.DAYS,
        applied_at=moment if done else None,
    )
    answer = as_alice.post(f"{URL}/{found.pk}/apply", {"day_first": True})
    assert answer.status_code == 202
    assert answer.json()["status"] == status
    found.refresh_from_db()
    assert found.day_first is None


@pytest.mark.parametrize("status", ["reading", "undoing", "undone", "failed"])
def test_what_is_not_ready_is_not_applied(as_alice, alice, status):
    raw = files.DAYS if status == "reading" else None
    undone_at = timezone.now() if status == "undone" else None
    found = ImportFactory(user=alice, status=status, raw=raw, undone_at=undone_at)
    answer = as_alice.post(f"{URL}/{found.pk}/apply", {})
    assert refusal(answer) == (409, "IMPORT_NOT_READY")


def test_ambiguous_dates_ask_for_an_order(as_alice, alice):
    upload(as_alice, files.days("03/04/2026"))
    found = Import.objects.get()
    steps.read(found.pk)
    path = f"{URL}/{found.pk}"
    assert as_alice.get(path).json()["report"]["readings"]["month_first"]
    answer = as_alice.post(f"{path}/apply", {})
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert errors_of(answer).keys() == {"day_first"}
    assert as_alice.post(f"{path}/apply", {"day_first": False}).status_code == 202


def test_report_from_before_the_lines_of_each_order_were_told_is_shown(as_alice, alice):
    upload(as_alice, files.days("03/04/2026"))
    found = Import.objects.get()
    steps.read(found.pk)
    found.refresh_from_db()
    for figures in found.report["readings"].values():
        del figures["rejected"]
    found.save()
    told = as_alice.get(f"{URL}/{found.pk}").json()["report"]["readings"]
    assert told["month_first"]["rejected"] == []


def test_undoing_again_changes_nothing(as_alice, alice):
    found = ImportFactory(user=alice)
    for _ in range(2):
        answer = as_alice.delete(f"{URL}/{found.pk}")
        assert (answer.status_code, answer.json()["status"]) == (202, "undone")


def test_list_is_of_ones_own_newest_first(as_alice, alice, bob):
    ImportFactory(user=bob)
    old = ImportFactory(user=alice, ended=True)
    new = ImportFactory(user=alice)
    answer = as_alice.get(URL).json()
    assert [shown["id"] for shown in answer["imports"]] == [str(new.pk), str(old.pk)]
    assert answer["total"] == 2
    assert answer["imports"][0].keys() == {
        *("id", "status", "source", "zone", "day_first"),
        *("created_at", "applied_at", "undone_at"),
    }


def test_no_text_of_a_file_is_in_the_admin(as_staff, alice):
    secret = b"date,minutes,label,note\n2026-01-02,25,Therapy,about my mother\n"
    found = services.receive(user_id=alice.pk, raw=secret)
    steps.read(found.pk)
    for path in ("", f"{found.pk}/change/"):
        page = as_staff.get(f"/admin/importing/import/{path}").content
        assert str(found.pk).encode() in page
        for text in (b"Therapy", b"mother"):
            assert text not in page


# Statements


def test_upload_queries(as_alice, django_assert_num_queries):
    # The device with its user; SAVEPOINT (in life: BEGIN); the user's lock; what there
    # was before; INSERT; the job; RELEASE (in life: COMMIT).
    with django_assert_num_queries(7):
        assert upload(as_alice).status_code == 202


def test_list_queries_do_not_scale(as_alice, alice):
    ImportFactory(user=alice, ended=True)
    # The device with its user; the page; the count.
    assert statements(as_alice, URL) == 3
    ImportFactory.create_batch(20, user=alice, ended=True)
    assert statements(as_alice, URL) == 3


def test_read_queries(as_alice, alice):
    # The device with its user; the import.
    assert statements(as_alice, f"{URL}/{ImportFactory(user=alice).pk}") == 2


def test_apply_queries(as_alice, alice, django_assert_num_queries):
    found = ImportFactory(user=alice)
    # The device with its user; SAVEPOINT; the user's lock; the import; UPDATE; the job;
    # RELEASE.
    with django_assert_num_queries(7):
        as_alice.post(f"{URL}/{found.pk}/apply", {})


def test_undo_queries(as_alice, alice, django_assert_num_queries):
    found = ImportFactory(
        user=alice,
        status=Status.APPLIED,
        raw=None,
        position=1,
        applied_at=timezone.now(),
    )
    # The device with its user; SAVEPOINT; the user's lock; the import; whether another
    # has not ended; the job; UPDATE; RELEASE.
    with django_assert_num_queries(8):
        as_alice.delete(f"{URL}/{found.pk}")
