"""Browsable API: a browser gets it in local mode, all other clients get JSON."""

import html
import json
import re

import pytest
from django.test import Client

from tests.harness.valid_requests import API
from tests.harness.worlds import IDS

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff_browser(alice):
    alice.is_staff = True
    alice.save()
    browser = Client(headers={"accept": BROWSER})
    browser.force_login(alice)
    return browser


def test_a_browser_gets_html_and_the_way_to_sign_in(client):
    answer = client.get("/api/users/me", headers={"accept": BROWSER})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "/admin/login/?next=/api/users/me" in answer.content.decode()


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/plain", ""])
def test_everybody_else_gets_json(as_alice, accept):
    answer = as_alice.get("/api/users/me", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "users/me",
        "sessions",
        "sessions/active",
        "garden",
        "garden/species",
        "stats/me",
        "stats/daily/7",
        "stats/trends",
        "stats/summary",
        "leaderboard/xp",
        "auth/devices",
    ],
)
def test_staff_browse_with_their_admin_session(staff_browser, path):
    answer = staff_browser.get(f"/api/{path}")
    assert answer.status_code == 200
    assert "alice_focus" in answer.content.decode()


def test_the_session_of_a_user_who_is_no_staff_opens_nothing(alice):
    browser = Client(headers={"accept": BROWSER})
    browser.force_login(alice)
    assert browser.get("/api/users/me").status_code == 401


def test_staff_write_with_a_csrf_token_only(alice):
    alice.is_staff = True
    alice.save()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    answer = browser.post("/api/sessions", {}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["detail"]["error_code"] == "FORBIDDEN"


def test_who_names_a_token_is_not_known_by_the_cookie_beside_it(staff_browser):
    answer = staff_browser.get(
        "/api/users/me", headers={"authorization": "Bearer stale"}
    )
    assert answer.status_code == 401
    assert not hasattr(answer.wsgi_request, "session")


def test_where_nothing_is_browsed_a_session_opens_nothing(staff_browser, settings):
    settings.BROWSABLE_API = False
    answer = staff_browser.get("/api/users/me")
    assert not hasattr(answer.wsgi_request, "session")
    assert staff_browser.get("/admin/").status_code == 200


def form_of(page):
    """Return what the form of a page would send, and what it says that it takes."""
    text = html.unescape(page.content.decode())
    (content,) = re.findall(
        r"<textarea[^>]*name=\"_content\"[^>]*>\s*(.*?)</textarea>", text, re.S
    )
    return content, text


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("sessions", {"duration_min": 25}),
        ("users/me/password", {"current_password", "new_password"}),
        ("auth/login", {"username", "password"}),
        ("auth/register", {"username", "email", "password", "timezone"}),
        ("auth/refresh", {"refresh_token"}),
    ],
)
def test_a_form_offers_what_its_action_takes(staff_browser, path, content):
    filled, _ = form_of(staff_browser.get(f"/api/{path}"))
    offered = json.loads(filled)
    assert offered == content or offered.keys() == content


def test_a_change_of_the_profile_begins_with_what_stands(staff_browser):
    filled, text = form_of(staff_browser.get("/api/users/me"))
    assert json.loads(filled) == {
        "username": "alice_focus",
        "email": "alice@focusguard.com",
        "timezone": "UTC",
        "leaderboard_visible": True,
        "weekly_report": False,
    }
    assert "Takes: username (optional)" in text


@pytest.mark.parametrize("operation", API, ids=str)
def test_every_action_has_a_form(operation, alice):
    """Of whoever may use it: staff, and for the open routes anybody."""
    alice.is_staff = True
    alice.save()
    browser = Client(headers={"accept": BROWSER})
    browser.force_login(alice)
    answer = browser.get(operation.path.format(**IDS))
    if answer.streaming:
        answer.close()
        return
    page = answer.content.decode()
    method = operation.method
    if method == "POST":
        assert "Make a POST request" in page
    elif method in ("PUT", "PATCH"):
        assert f"Make a {method} request" in page
    elif method == "DELETE":
        assert 'data-method="DELETE"' in page


def test_the_index_is_a_page_whose_links_lead_on(client, db):
    page = client.get("/api", headers={"accept": BROWSER})
    assert page.headers["Content-Type"].startswith("text/html")
    assert 'href="http://testserver/api/sessions"' in page.content.decode()
