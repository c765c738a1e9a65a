"""API tokens: made by who has proven who they are, told once, ended in many ways."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed

from accounts import services as account_services
from accounts.by_mail.mail_links import token_of
from accounts.devices import auth_services
from accounts.devices.tokens import _read_access_token
from accounts.exceptions import TokenInvalid
from accounts.models import AuthSession, SecurityEvent
from accounts.tests.factories import PASSWORD, MailLinkFactory
from accounts.tests.post import delivered, text_of
from focusguard.api.scopes import Scope
from identity.api_tokens import services
from identity.api_tokens.exceptions import ENDED, EXPIRED, MOST_TOKENS, NOT_WHOLE
from identity.api_tokens.token_authentication import ApiTokenAuthentication
from identity.api_tokens.token_text import new_token
from identity.models import ApiToken
from identity.tests.tokens_of_programs import ApiTokenFactory, bearer, program
from tests.harness.answers import refusal
from tests.harness.clock import NOON
from tests.harness.places import places_of

pytestmark = pytest.mark.django_db

URL = "/api/auth/api-tokens"
ME = "/api/users/me"
TIMER = {
    "name": "Menu bar timer",
    "scopes": ["sessions:write", "profile:read"],
    "expires_in_days": 90,
}
NEW = "another long phrase 7"


def kinds():
    return list(SecurityEvent.objects.order_by("at").values_list("kind", flat=True))


def test_a_token_is_told_once_and_kept_by_its_digest_alone(as_alice, time_machine):
    time_machine.move_to(NOON, tick=False)
    AuthSession.objects.update(proved_at=NOON)
    answer = as_alice.post(URL, TIMER)
    assert answer.status_code == 201
    made = answer.json()
    text = made.pop("token")
    assert made == {
        "id": made["id"],
        "name": "Menu bar timer",
        "prefix": text[:12],
        # In the order in which the documentation has them.
        "scopes": ["profile:read", "sessions:write"],
        "created_at": "2026-01-18T12:00:00Z",
        "expires_at": "2026-04-18T12:00:00Z",
        "expired": False,
        "last_used_on": None,
    }
    assert as_alice.get(URL).json() == {"api_tokens": [made]}
    assert as_alice.get(answer.headers["Location"]).json() == made
    assert answer.headers["Cache-Control"] == "no-store"
    assert places_of(text, text[12:]) == set()
    assert bearer(text).get(ME).json()["username"] == "alice_focus"
    assert as_alice.get(URL).json()["api_tokens"][0]["last_used_on"] == "2026-01-18"


def test_making_one_needs_a_fresh_proof_and_removing_none(as_alice):
    made = as_alice.post(URL, TIMER).json()
    AuthSession.objects.update(proved_at=timezone.now() - timedelta(minutes=11))
    assert refusal(as_alice.post(URL, TIMER)) == (403, "PROOF_REQUIRED")
    assert as_alice.delete(f"{URL}/{made['id']}").status_code == 204
    assert as_alice.post("/api/auth/proof", {"password": PASSWORD}).status_code == 204
    assert as_alice.post(URL, TIMER).status_code == 201


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["sessions:read", "sessions:admin"]}, "scopes.1"),
        ({"scopes": ["sessions:read", "sessions:read"]}, "scopes"),
        ({"scopes": "sessions:read"}, "scopes"),
        ({"scopes": None}, "scopes"),
        ({"expires_in_days": 0}, "expires_in_days"),
        ({"expires_in_days": 367}, "expires_in_days"),
        ({"expires_in_days": "90"}, "expires_in_days"),
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "a" * 65}, "name"),
        ({"user_id": "me"}, "user_id"),
    ],
)
def test_what_is_asked_for_is_judged_by_field(as_alice, change, named):
    answer = as_alice.post(URL, TIMER | change)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["detail"]["errors"].keys() == {named}


@pytest.mark.parametrize(
    "fields",
    [
        {"scopes": []},
        {"scopes": ["sessions:admin"]},
        {"name": " "},
        {"expires_at": NOON, "created_at": NOON},
    ],
)
def test_the_database_refuses_what_the_form_would(alice, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiTokenFactory(user=alice, **fields)


def test_there_are_twenty_at_most_with_those_that_have_expired(as_alice, alice):
    old = ApiTokenFactory(
        user=alice,
        created_at=NOON - timedelta(days=400),
        expires_at=NOON - timedelta(days=399),
    )
    ApiTokenFactory.create_batch(MOST_TOKENS - 1, user=alice)
    listed = as_alice.get(URL).json()["api_tokens"]
    assert [one["expired"] for one in listed] == [True] + [False] * 19
    assert refusal(as_alice.post(URL, TIMER)) == (409, "TOO_MANY_TOKENS")
    assert as_alice.delete(f"{URL}/{old.pk}").status_code == 204
    assert as_alice.post(URL, TIMER).status_code == 201
    assert refusal(as_alice.post(URL, TIMER)) == (409, "TOO_MANY_TOKENS")


def test_a_removed_token_is_refused_on_its_next_request(as_alice, alice):
    timer = program(alice)
    assert timer.get(ME).status_code == 200
    assert as_alice.delete(f"{URL}/{timer.token.pk}").status_code == 204
    answer = timer.get(ME)
    assert refusal(answer) == (401, "TOKEN_INVALID")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    gone = as_alice.delete(f"{URL}/{timer.token.pk}")
    assert refusal(gone) == (404, "API_TOKEN_NOT_FOUND")
    assert as_alice.get(URL).json() == {"api_tokens": []}


def test_a_token_expires(alice, time_machine):
    time_machine.move_to(NOON, tick=False)
    timer = program(alice, created_at=NOON, expires_at=NOON + timedelta(days=1))
    time_machine.shift(timedelta(days=1, seconds=-1))
    assert timer.get(ME).status_code == 200
    time_machine.shift(timedelta(seconds=1))
    answer = timer.get(ME)
    assert refusal(answer) == (401, "TOKEN_EXPIRED")
    assert told_of(answer) == EXPIRED


def told_of(answer):
    """Return the message of a refused token, which the header has too."""
    said = answer.json()["detail"]["message"]
    described = f'Bearer error="invalid_token", error_description="{said}"'
    assert answer.headers["WWW-Authenticate"] == described
    return said


def test_whose_token_is_refused_is_told_where_a_new_one_is_made(as_alice, alice):
    """Caught: "sign in again", which a program cannot."""
    timer = program(alice)
    cut, unknown = bearer(timer.text[:-1]), bearer(new_token())
    services.revoke_token(user_id=alice.pk, token_id=timer.token.pk)
    for client, expected in ((timer, ENDED), (unknown, ENDED), (cut, NOT_WHOLE)):
        answer = client.get(ME)
        assert refusal(answer) == (401, "TOKEN_INVALID")
        assert told_of(answer) == expected
    for said in (ENDED, EXPIRED, NOT_WHOLE):
        assert "make a new one in the dashboard under You, Programs" in said
    assert "revoked or has expired" in ENDED
    # A device is told what it can do.
    as_alice.post("/api/auth/logout")
    assert told_of(as_alice.get(ME)) == TokenInvalid.message


def reset(alice, client):
    link = MailLinkFactory(user=alice, kind="reset")
    body = {"token": token_of(link), "new_password": NEW}
    assert client.post("/api/auth/password/reset", body).status_code == 204


def reset_of_a_proven_address(alice, client):
    type(alice).objects.filter(pk=alice.pk).update(email_verified_at=timezone.now())
    reset(alice, client)


def sign_out_everywhere(alice, client):
    auth_services.log_out_everywhere(user=alice)


def deactivate_and_activate(alice, client):
    account_services.deactivate_user(user=alice)
    alice.refresh_from_db()
    account_services.reactivate_user(user=alice)


def set_by_an_operator(alice, client):
    account_services.set_password(user=alice, new_password=NEW)


def delete(alice, client):
    account_services.delete_account(user=alice)


@pytest.mark.parametrize(
    "end",
    [
        *(reset, reset_of_a_proven_address, sign_out_everywhere),
        *(deactivate_and_activate, set_by_an_operator, delete),
    ],
)
def test_tokens_end_where_trust_is_withdrawn(alice, bob, anonymous, end):
    """Caught: devices alone that end, and a program that goes on for whoever took the
    account (case 7 of the design: mallory's token outlives alice's reset).
    """
    timer, bobs = program(alice), program(bob)
    assert timer.get(ME).status_code == 200
    end(alice, anonymous)
    assert refusal(timer.get(ME)) == (401, "TOKEN_INVALID")
    assert bobs.get(ME).status_code == 200


def test_a_deactivated_user_has_no_programs_whoever_wrote_it(alice):
    timer = program(alice)
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)
    assert refusal(timer.get(ME)) == (401, "TOKEN_INVALID")


def test_a_changed_password_keeps_tokens_and_its_mail_lists_them(
    as_alice, alice, mail_on
):
    timer = program(alice, name="Menu <bar> timer")
    ApiTokenFactory(
        user=alice, name="of last year", created_at=NOON, expires_at=NOON + timedelta(1)
    )
    body = {"current_password": PASSWORD, "new_password": NEW}
    assert as_alice.patch(f"{ME}/password", body).status_code == 204
    assert timer.get(ME).status_code == 200
    (letter,) = delivered(mail_on)
    text = text_of(letter)
    assert f"- Menu <bar> timer ({timer.token.prefix}…)" in text
    assert "of last year" not in text
    html = letter.get_body(("html",)).get_content()
    assert "Menu &lt;bar&gt; timer" in html
    assert timer.text not in letter.as_string()


def test_the_mail_of_a_changed_password_says_nothing_of_tokens_where_there_are_none(
    as_alice, mail_on
):
    body = {"current_password": PASSWORD, "new_password": NEW}
    as_alice.patch(f"{ME}/password", body)
    (letter,) = delivered(mail_on)
    assert "API token" not in letter.as_string()
    assert "\n\n\n" not in text_of(letter)


def test_what_happens_to_tokens_is_recorded_and_mailed(as_alice, alice, mail_on):
    made = as_alice.post(URL, TIMER).json()
    as_alice.delete(f"{URL}/{made['id']}")
    assert kinds() == ["api_token_made", "api_token_revoked"]
    device = as_alice.signed_in.device.pk
    assert {event.device_id for event in SecurityEvent.objects.all()} == {device}
    added, removed = delivered(mail_on)
    for letter in (added, removed):
        assert letter["To"] == alice.email
        assert f"Menu bar timer ({made['prefix']}…)" in text_of(letter)
        assert made["token"] not in letter.as_string()
    assert "opens profile:read, sessions:write." in text_of(added)


def test_the_day_of_use_is_written_once_a_day(
    alice, time_machine, django_assert_num_queries
):
    time_machine.move_to(NOON, tick=False)
    timer = program(alice, created_at=NOON, expires_at=NOON + timedelta(days=9))
    for expected in ("2026-01-18", "2026-01-19"):
        # The token with its user; the day.
        with django_assert_num_queries(2):
            timer.get(ME)
        for _ in range(3):
            # The token with its user, as a device has it.
            with django_assert_num_queries(1):
                assert timer.get(ME).status_code == 200
        timer.token.refresh_from_db()
        assert str(timer.token.last_used_on) == expected
        time_machine.shift(timedelta(days=1))


def test_of_two_requests_at_once_one_writes_the_day(alice):
    """Caught: an UPDATE that the day does not guard: a version of the row a request."""

    def version():
        with connection.cursor() as cursor:
            cursor.execute("SELECT ctid::text FROM api_tokens")
            return cursor.fetchone()

    token = ApiTokenFactory(user=alice)
    both = ApiToken.objects.get(), ApiToken.objects.get()
    versions = [version()]
    for seen in both:
        services.note_use(seen, timezone.now())
        versions.append(version())
    assert versions[0] != versions[1] == versions[2]
    token.refresh_from_db()
    assert token.last_used_on == timezone.now().date()


def test_a_day_that_cannot_be_written_keeps_nobody_from_reading(alice, monkeypatch):
    timer = program(alice)

    def refuse(*args, **kwargs):
        raise OperationalError("cannot execute UPDATE in a read-only transaction")

    monkeypatch.setattr(services.ApiToken.objects, "filter", refuse)
    assert timer.get(ME).status_code == 200


def test_ten_thousand_guesses_ask_the_database_nothing(anonymous):
    """Caught: a look for the digest of whatever begins with the prefix."""
    door, refused = ApiTokenAuthentication(), 0
    with CaptureQueriesContext(connection) as asked:
        for number in range(10_000):
            header = f"Bearer fgp_{number:049}"
            try:
                door.authenticate(SimpleNamespace(META={"HTTP_AUTHORIZATION": header}))
            except AuthenticationFailed:
                refused += 1
        answer = anonymous.get(ME, HTTP_AUTHORIZATION=header)
    assert (refused, len(asked)) == (10_000, 0)
    assert refusal(answer) == (401, "TOKEN_INVALID")


def test_a_token_that_nobody_has_costs_one_statement(anonymous, alice):
    ApiTokenFactory(user=alice)
    with CaptureQueriesContext(connection) as asked:
        assert refusal(bearer(new_token()).get(ME)) == (401, "TOKEN_INVALID")
    assert len(asked) == 1


def test_no_token_is_kept_in_the_memory_of_access_tokens(alice):
    _read_access_token.cache_clear()
    for client in (program(alice), bearer(new_token()), bearer("fgp_junk")):
        client.get(ME)
    assert _read_access_token.cache_info().misses == 0


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Bearer {}", 200),
        ("bearer   {}", 200),
        ("BEARER {}", 200),
        ("Token {}", 401),
        ("Basic {}", 401),
        ("{}", 401),
        ("Bearer {} more", 401),
        ("Bearer x{}", 401),
        ("Bearer {}x", 401),
        ("Bearer {},Bearer {}", 401),
    ],
)
def test_a_token_is_taken_as_bearer_alone(anonymous, alice, header, status):
    text = program(alice).text
    answer = anonymous.get(ME, HTTP_AUTHORIZATION=header.format(text, text))
    assert answer.status_code == status
    assert text not in answer.content.decode()
    assert text not in answer.headers.get("WWW-Authenticate", "")


def test_a_token_is_no_refresh_token_and_signs_nobody_out(alice, anonymous):
    timer = program(alice)
    body = {"refresh_token": timer.text}
    for path in ("/api/auth/refresh", "/api/auth/logout"):
        assert refusal(anonymous.post(path, body)) == (401, "TOKEN_INVALID")
    assert refusal(timer.post("/api/auth/logout")) == (401, "TOKEN_INVALID")
    assert refusal(timer.post("/api/auth/refresh")) == (401, "NOT_AUTHENTICATED")
    assert timer.get(ME).status_code == 200


def test_what_is_missing_is_told_in_the_header_of_rfc_6750(alice):
    reader = program(alice, Scope.SESSIONS_READ)
    answer = reader.post("/api/sessions", {"duration_min": 25})
    assert refusal(answer) == (403, "SCOPE_MISSING")
    assert answer.headers["WWW-Authenticate"] == (
        'Bearer error="insufficient_scope", scope="sessions:write"'
    )
    closed = program(alice).get(URL)
    assert refusal(closed) == (403, "SCOPE_MISSING")
    told = 'Bearer error="insufficient_scope"'
    assert closed.headers["WWW-Authenticate"] == told


def test_programs_and_devices_share_the_limit_of_their_user(
    as_alice, alice, bob, settings
):
    settings.RATE_LIMIT_ENABLED = True
    settings.RATE_LIMIT_PER_MINUTE = 4
    timer, other = program(alice), program(alice)
    for client in (timer, other, as_alice):
        assert client.get(ME).status_code == 200
    # A refusal is a request too.
    assert timer.get(URL).status_code == 403
    assert refusal(timer.get(ME)) == (429, "RATE_LIMITED")
    assert refusal(as_alice.get(ME)) == (429, "RATE_LIMITED")
    assert program(bob).get(ME).status_code == 200


def test_a_token_stands_in_no_log_and_no_error(alice, caplog):
    """Caught: the path of a request, logged as it came."""
    timer = program(alice, Scope.SESSIONS_WRITE)
    text = timer.text
    with caplog.at_level("DEBUG"):
        answers = [
            timer.post("/api/sessions", {"note": text, "duration_min": text}),
            timer.get(f"/api/users/{text}"),
            timer.get(f"/api/nowhere/{text}"),
            timer.get(ME, {"token": text}),
            timer.post("/api/auth/login", {"username": text, "password": text}),
            timer.patch(f"/api/sessions/{text}", {"completed": True}),
        ]
    assert all(answer.status_code >= 400 for answer in answers)
    told = json.dumps([answer.json() for answer in answers])
    assert text not in told
    assert text not in caplog.text
    assert text[12:] not in caplog.text


def test_revoked_tokens_are_a_record_for_90_days(as_alice, alice):
    long_ago = timezone.now() - timedelta(days=91)
    for revoked_at in (None, timezone.now() - timedelta(days=89), long_ago):
        ApiTokenFactory(user=alice, created_at=long_ago, revoked_at=revoked_at)
    call_command("prune_api_tokens", verbosity=0)
    assert ApiToken.objects.count() == 2
    assert not ApiToken.objects.filter(revoked_at=long_ago).exists()


def test_the_document_says_which_scope_an_operation_takes(anonymous):
    document = anonymous.get("/openapi.json").json()
    start = document["paths"]["/api/sessions"]["post"]
    assert start["security"] == [{"apiToken": ["sessions:write"]}, {"jwtAuth": []}]
    assert "Takes an API token with the scope `sessions:write`." in start["description"]
    make = document["paths"][URL]["post"]
    assert make["security"] == [{"jwtAuth": []}]
    scheme = document["components"]["securitySchemes"]["apiToken"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
