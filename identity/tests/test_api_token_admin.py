"""API tokens on the staff's pages: looked at, and ended with a record and a mail."""

import pytest

from accounts.models import SecurityEvent
from accounts.tests.post import delivered
from accounts.tests.staff import (
    list_url,
    listed,
    log_of,
    page_url,
    run_action,
    said,
    staff_with,
)
from identity.models import ApiToken
from identity.tests.tokens_of_programs import ApiTokenFactory, program
from tests.harness.statements import statements

pytestmark = pytest.mark.django_db

LIST = list_url(ApiToken)


def test_list_shows_what_a_token_opens_and_nothing_that_opens_it(as_staff, alice):
    timer = program(alice, "sessions:read")
    page = as_staff.get(LIST, {"q": "alice"})
    assert listed(page) == [timer.token]
    for shown in (page, as_staff.get(page_url(timer.token))):
        text = shown.content.decode()
        assert timer.token.prefix in text
        assert "sessions:read" in text
        assert timer.text not in text
        assert timer.token.digest.hex() not in text


def test_list_filters_by_state_and_does_not_grow(as_staff, alice):
    live, ended = (
        ApiTokenFactory(user=alice),
        ApiTokenFactory(user=alice, revoked_at="2026-01-18T12:00:00Z"),
    )
    assert listed(as_staff.get(LIST, {"state": "live"})) == [live]
    assert listed(as_staff.get(LIST, {"state": "revoked"})) == [ended]
    assert listed(as_staff.get(LIST, {"state": "expired"})) == []
    few = statements(as_staff, LIST)
    ApiTokenFactory.create_batch(30)
    assert statements(as_staff, LIST) == few


def test_staff_revoke_a_token_and_its_owner_hears_of_it(as_staff, ada, alice, mail_on):
    timer = program(alice)
    page = run_action(as_staff, "revoke", timer.token)
    assert said(page) == ["Revoked: 1"]
    assert log_of(timer.token) == ["Revoked."]
    assert timer.get("/api/users/me").status_code == 401
    event = SecurityEvent.objects.get(kind="api_token_revoked")
    assert (event.user_id, event.actor_id) == (alice.pk, ada.pk)
    (letter,) = delivered(mail_on)
    assert letter["To"] == alice.email
    again = run_action(as_staff, "revoke", timer.token)
    assert said(again) == [f"{timer.token.prefix}: API token not found"]


def test_staff_without_the_right_and_tokens_of_the_staff(client, ada, alice):
    client.force_login(staff_with("view_apitoken"))
    timer, adas = program(alice), program(ada)
    assert b'value="revoke"' not in client.get(LIST).content
    run_action(client, "revoke", timer.token)
    assert timer.get("/api/users/me").status_code == 200
    client.force_login(staff_with("view_apitoken", "change_apitoken"))
    page = run_action(client, "revoke", timer.token, adas.token)
    refused = f"{adas.token.prefix}: Only superusers act on accounts of the staff."
    assert said(page) == [refused, "Revoked: 1"]
    assert adas.get("/api/users/me").status_code == 200


def test_a_program_reaches_no_page_of_the_staff(ada):
    assert program(ada).get(LIST).status_code == 302
