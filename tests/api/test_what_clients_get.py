"""Answers as clients that nobody here wrote keep, unpack and follow them."""

import gzip
import json
from urllib.parse import urlsplit

import pytest

from accounts.models import User
from accounts.tests.factories import PASSWORD
from focusguard.web.compression import WORTHWHILE
from garden.tests.factories import PlantFactory
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

ME, SPECIES = "/api/users/me", "/api/garden/species"
BOARDS = [
    f"/api/leaderboard/{board}" for board in ("xp", "focus-time", "streak", "sessions")
]
KEPT = [SPECIES, *BOARDS]


def vary(answer):
    return {name.strip().lower() for name in answer.headers["Vary"].split(",")}


# What was made


@pytest.mark.parametrize("base", ["/api", "/api/v1"])
def test_what_was_made_is_found_where_the_answer_says(as_alice, anonymous, base):
    session = as_alice.post(f"{base}/sessions", {"duration_min": 25})
    body = {"session_id": session.json()["id"], "plant_type": "Rose"}
    plant = as_alice.post(f"{base}/garden", body)
    body = {"username": "carol", "email": "c@focusguard.com", "password": PASSWORD}
    account = anonymous.post(f"{base}/auth/register", body)
    for made in (session, plant, account):
        assert made.status_code == 201
        place = urlsplit(made.headers["Location"])
        assert (place.scheme, place.netloc) == ("http", "testserver")
        assert place.path.startswith(f"{base}/")
        found = as_alice.get(made.headers["Location"])
        assert found.status_code == 200
        body = made.json()
        assert found.json()["id"] == body.get("user", body)["id"]


def test_a_repeated_answer_says_it_too(as_alice):
    first, again = (
        as_alice.post("/api/sessions", {}, headers={"Idempotency-Key": "a-key"})
        for _ in range(2)
    )
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]


def test_a_repeated_answer_says_no_place_of_what_is_gone(as_alice):
    def start():
        key = {"Idempotency-Key": "a-key"}
        return as_alice.post("/api/sessions", {}, headers=key)

    def plant(session):
        body = {"session_id": session, "plant_type": "Rose"}
        key = {"Idempotency-Key": "another"}
        return as_alice.post("/api/garden", body, headers=key)

    session = start()
    planted = plant(session.json()["id"])
    for made in (planted, session):
        assert as_alice.delete(made.headers["Location"]).status_code == 204
    for again in (start(), plant(session.json()["id"])):
        assert again.status_code == 201
        assert again.headers["Idempotent-Replayed"] == "true"
        assert "Location" not in again.headers


def test_what_made_nothing_says_no_place(as_alice):
    as_alice.post("/api/sessions", {})
    for answer in (as_alice.post("/api/sessions", {}), as_alice.get("/api/sessions")):
        assert "Location" not in answer.headers


# What is kept


@pytest.mark.parametrize("path", KEPT)
def test_what_is_the_same_is_not_sent_again(as_alice, path):
    first = as_alice.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert vary(first) >= {"authorization", "accept-encoding"}
    tag = first.headers["ETag"]
    for named in (tag, tag.removeprefix("W/"), f'"x", {tag}', f'W/"y",{tag}', "*"):
        for ask in (as_alice.get, as_alice.head):
            again = ask(path, headers={"If-None-Match": named})
            assert (again.status_code, again.content) == (304, b""), named
            assert again.headers["ETag"] == tag
            assert again.headers["Cache-Control"] == "private, no-cache"
            assert vary(again) >= {"authorization", "accept-encoding"}
            assert "Content-Type" not in again.headers
            assert "Content-Length" not in again.headers


@pytest.mark.parametrize("path", KEPT)
@pytest.mark.parametrize(
    "named", ["", "x", '"x"', "W/x", '"', ",", "W/", 'w/"x"', '"*"', "\x00", "é"]
)
def test_what_is_no_tag_of_ours_is_answered_in_full(as_alice, path, named):
    answer = as_alice.get(path, headers={"If-None-Match": named})
    assert answer.status_code == 200
    assert answer.json()


@pytest.mark.parametrize("path", [SPECIES, BOARDS[0]])
def test_a_tag_knows_what_is_the_askers_own(as_alice, as_bob, alice, bob, path):
    User.objects.filter(pk=bob.pk).update(lvl=9, xp_points=5000)
    User.objects.filter(pk=alice.pk).update(xp_points=50)
    tags = {client.get(path).headers["ETag"] for client in (as_alice, as_bob)}
    assert len(tags) == 2


@pytest.mark.parametrize("path", [SPECIES, BOARDS[0]])
def test_a_tag_changes_with_what_it_is_of(as_alice, alice, path):
    tag = as_alice.get(path).headers["ETag"]
    User.objects.filter(pk=alice.pk).update(lvl=9, xp_points=5000)
    answer = as_alice.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


@pytest.mark.parametrize("path", KEPT)
def test_a_tag_opens_nothing(as_alice, anonymous, path):
    tag = as_alice.get(path).headers["ETag"]
    for named in (tag, "*"):
        answer = anonymous.get(path, headers={"If-None-Match": named})
        assert answer.status_code == 401
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_what_is_personal_is_not_kept(as_alice):
    for path in (ME, "/api/sessions", "/api/stats/me", f"{BOARDS[0]}?limit=0"):
        answer = as_alice.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


# What is compressed


@pytest.fixture
def long_list(alice):
    for number in range(1, 12):
        session = FocusSessionFactory(user=alice, done=True)
        PlantFactory(session=session, user=alice, plant_num=number, grown=True)


LONG = ["/api/sessions", "/api/garden", SPECIES, "/api/stats/daily/60"]


@pytest.mark.parametrize("path", LONG)
@pytest.mark.parametrize(
    "accepted", ["gzip", "GZIP", "br, gzip;q=0.5", "deflate,gzip", "*", "gzip, *;q=0"]
)
def test_a_long_answer_is_compressed_for_who_asks(as_alice, long_list, path, accepted):
    plain = as_alice.get(path)
    assert "Content-Encoding" not in plain.headers
    packed = as_alice.get(path, headers={"Accept-Encoding": accepted})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.content)
    assert len(packed.content) < len(plain.content) / 2
    assert json.loads(gzip.decompress(packed.content)) == plain.json()
    for answer in (plain, packed):
        assert "accept-encoding" in vary(answer)


@pytest.mark.parametrize(
    "accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzippy"]
)
def test_who_does_not_ask_gets_it_as_it_is(as_alice, long_list, accepted):
    answer = as_alice.get("/api/sessions", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.json()["total"] == 11


def test_head_of_a_compressed_answer_is_that_of_its_get(as_alice, long_list):
    asked = {"Accept-Encoding": "gzip"}
    got, head = (
        ask("/api/sessions", headers=asked) for ask in (as_alice.get, as_alice.head)
    )
    assert head.content == b""
    for name in ("Content-Encoding", "Content-Length", "Vary"):
        assert head.headers[name] == got.headers[name]


def test_an_export_is_compressed_as_it_is_sent(as_alice, long_list):
    packed = as_alice.get(f"{ME}/export", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Length" not in packed.headers
    everything = json.loads(gzip.decompress(packed.getvalue()))
    assert len(everything["sessions"]) == 11


def test_a_short_export_is_sent_as_it_is(as_alice):
    asked = {"Accept-Encoding": "gzip"}
    answer = as_alice.get(f"{ME}/export?format=csv", headers=asked)
    content = answer.getvalue()
    assert content.startswith(b"id,duration_min,")
    assert int(answer.headers["Content-Length"]) == len(content) < WORTHWHILE


@pytest.mark.parametrize("base", ["/api", "/api/v1"])
def test_what_carries_tokens_is_never_compressed(anonymous, alice, monkeypatch, base):
    monkeypatch.setattr("focusguard.web.compression.WORTHWHILE", 1)
    asked = {"Accept-Encoding": "gzip"}
    body = {"username": "alice_focus", "password": PASSWORD}
    signed_in = anonymous.post(f"{base}/auth/login", body, headers=asked)
    body = {"refresh_token": signed_in.json()["refresh_token"]}
    renewed = anonymous.post(f"{base}/auth/refresh", body, headers=asked)
    for answer in (signed_in, renewed):
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers


def test_a_short_answer_is_sent_as_it_is(as_alice):
    answer = as_alice.get(ME, headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) < WORTHWHILE
    assert "Content-Encoding" not in answer.headers


def test_a_kept_answer_has_one_tag_in_both_encodings(as_alice):
    plain = as_alice.get(SPECIES)
    packed = as_alice.get(SPECIES, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] == plain.headers["ETag"]


# PATCH beside PUT


@pytest.mark.parametrize(
    "body",
    [
        {"timezone": "Asia/Tokyo"},
        {"username": "alice_two", "leaderboard_visible": False},
        {},
        {"username": "bob_build"},
        {"username": ""},
        {"id": 1},
        [],
    ],
)
def test_patch_of_the_profile_is_put(as_alice, as_bob, alice, body):
    before = User.objects.filter(pk=alice.pk).values().get()
    told = []
    for ask in (as_alice.put, as_alice.patch):
        User.objects.filter(pk=alice.pk).update(**before)
        answer = ask(ME, body)
        said = answer.json()
        if answer.status_code != 200:
            refusal(answer)
            said = said["detail"]
        told.append(
            (
                answer.status_code,
                {
                    name: value
                    for name, value in said.items()
                    if name not in ("updated_at", "timestamp", "request_id")
                },
            )
        )
    assert told[0] == told[1]
