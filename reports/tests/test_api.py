"""`POST /mail/unsubscribe/{token}`: one click stops the report, a look does nothing."""

import json
import logging

import pytest
from django.test import override_settings

from accounts.by_mail.mail_links import token_of
from accounts.models import User
from accounts.tests.factories import MailLinkFactory
from reports.stop_links import token_for
from reports.tests.readers import reader
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

ME = "/api/users/me"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
ONE_CLICK = "List-Unsubscribe=One-Click"
PART = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'


def url_of(token):
    return f"/api/mail/unsubscribe/{token}"


def wants_reports(user):
    return User.objects.values_list("weekly_report", flat=True).get(pk=user.pk)


@pytest.mark.parametrize("method", ["put", "patch"])
def test_the_switch_is_in_the_profile(as_alice, method):
    assert as_alice.get(ME).json()["weekly_report"] is False
    answer = getattr(as_alice, method)(ME, {"weekly_report": True})
    assert (answer.status_code, answer.json()["weekly_report"]) == (200, True)
    assert as_alice.get(ME).json()["weekly_report"] is True
    for junk in ("true", 1, None, [], ""):
        refused = getattr(as_alice, method)(ME, {"weekly_report": junk})
        assert refusal(refused) == (422, "VALIDATION_ERROR"), junk
    assert as_alice.get(ME).json()["weekly_report"] is True


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", "{}"),
        ("application/json", ""),
        (FORM, ONE_CLICK),
        (MULTIPART, PART),
        ("application/octet-stream", "\0"),
    ],
)
def test_one_click_stops_the_report_and_again_is_fine(anonymous, content_type, body):
    user, other = reader(), reader()
    for _ in range(2):
        answer = anonymous.generic(
            "POST", url_of(token_for(user.pk)), body, content_type
        )
        assert (answer.status_code, answer.content) == (204, b"")
        assert (wants_reports(user), wants_reports(other)) == (False, True)


def test_again_writes_nothing(anonymous):
    user = reader()
    anonymous.post(url_of(token_for(user.pk)))
    stopped = User.objects.values_list("updated_at").get(pk=user.pk)
    anonymous.post(url_of(token_for(user.pk)))
    assert User.objects.values_list("updated_at").get(pk=user.pk) == stopped


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_what_looks_at_a_link_changes_nothing(anonymous, method):
    user = reader()
    answer = getattr(anonymous, method)(url_of(token_for(user.pk)))
    assert answer.status_code in (200, 405)
    assert wants_reports(user)


def test_every_link_that_is_not_ours_gets_one_answer(anonymous):
    user = reader()
    token = token_for(user.pk)
    gone = reader()
    gone_token = token_for(gone.pk)
    gone.delete()
    mine, theirs = token, token_for(reader().pk)
    tokens = {
        "another mac": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "somebody else's mac": mine[:20] + theirs[20:],
        "a link of another purpose": token_of(MailLinkFactory(user=user)),
        "nobody's any more": gone_token,
        "short": token[:-1],
        "long": token + "A",
        "of an id": str(user.pk),
        "other letters": "%C3%A9" * 64,
        "a line's end": token + "%0A",
        "nul": "%00",
        "much": "A" * 4000,
    }
    with override_settings(SECRET_KEY="another key of fifty characters or more"):
        tokens["of another key"] = token_for(user.pk)
    told = {why: anonymous.post(url_of(bad)) for why, bad in tokens.items()}
    assert {why: refusal(answer) for why, answer in told.items()} == dict.fromkeys(
        tokens, (400, "LINK_INVALID")
    )
    assert len({answer.json()["detail"]["message"] for answer in told.values()}) == 1
    assert wants_reports(user)


def test_a_deactivated_account_can_still_say_no(anonymous):
    user = reader(is_active=False)
    assert anonymous.post(url_of(token_for(user.pk))).status_code == 204
    assert not wants_reports(user)


def test_a_bad_header_of_somebody_signed_in_once_is_no_hindrance(anonymous):
    user = reader()
    anonymous.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    assert anonymous.post(url_of(token_for(user.pk))).status_code == 204


def test_tries_are_counted_by_client(anonymous, settings):
    settings.RATE_LIMIT_ENABLED, settings.RATE_LIMIT_PER_MINUTE = True, 3
    user = reader()
    for _ in range(3):
        assert refusal(anonymous.post(url_of("nonsense")))[0] == 400
    assert refusal(anonymous.post(url_of(token_for(user.pk))))[0] == 429
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    answer = anonymous.post(url_of(token_for(user.pk)), **elsewhere)
    assert answer.status_code == 204


def test_the_log_of_requests_does_not_hold_the_link(anonymous, caplog):
    token = token_for(reader().pk)
    with caplog.at_level(logging.INFO, "focusguard.request"):
        anonymous.post(url_of(token))
    (line,) = [r for r in caplog.records if r.name == "focusguard.request"]
    assert token not in json.dumps(vars(line), default=str)
    assert line.path == "/api/mail/unsubscribe/*"
