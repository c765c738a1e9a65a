"""Cookies of our names that a host beside ours has set lock nobody out."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

JUNK = [
    "junk",
    '"quoted"',
    "a" * 32,
    "\x01",
    "é",
    "eyJhbGciOiJub25lIn0.e30.",
    "a=b=c",
    "%00",
]
ORIGIN = {"Origin": "http://testserver"}


def both(name, ours, foreign):
    """The header in both orders: which is first depends on paths and ages."""
    return (f"{name}={ours}; {name}={foreign}", f"{name}={foreign}; {name}={ours}")


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("order", [0, 1])
def test_refresh_finds_our_cookie_beside_a_foreign_one(alice, sign_in, junk, order):
    token = sign_in(alice).signed_in.refresh_token
    cookie = both(settings.REFRESH_COOKIE_NAME, token, junk)[order]
    client = APIClient(headers={"Cookie": cookie} | ORIGIN)
    answer = client.post("/api/auth/refresh")
    assert answer.status_code == 200
    assert answer.json()["user"]["username"] == alice.username
    assert client.post("/api/auth/logout").status_code == 204


def test_refresh_with_foreign_cookies_alone_is_refused():
    name = settings.REFRESH_COOKIE_NAME
    cookie = "; ".join(f"{name}={junk}" for junk in JUNK)
    client = APIClient(headers={"Cookie": cookie} | ORIGIN)
    answer = client.post("/api/auth/refresh")
    assert answer.status_code == 401


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "nothing"])
@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_a_cookie_is_no_fault(client, name, junk):
    cookie = {"Cookie": f"{name}={junk}; {name}={junk}x"}
    for path in ("/admin/login/", "/admin/", "/docs", "/health", "/api/users/me"):
        answer = client.get(path, headers=cookie)
        assert answer.status_code in (200, 302, 401), path


@pytest.mark.parametrize("junk", ["junk", "a" * 31, "é", "a" * 40])
@pytest.mark.parametrize("order", [0, 1])
def test_staff_sign_in_beside_foreign_cookies(ada, junk, order):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(reverse("admin:login"))
    secret = browser.cookies["csrftoken"].value
    form = {"username": ada.username, "password": PASSWORD}
    form["csrfmiddlewaretoken"] = page.context["csrf_token"]
    cookie = both("csrftoken", secret, junk)[order]
    answer = browser.post(reverse("admin:login"), form, headers={"Cookie": cookie})
    assert answer.status_code == 302
    session = browser.cookies["sessionid"].value
    cookie = both("sessionid", session, junk)[order]
    index = Client().get(reverse("admin:index"), headers={"Cookie": cookie})
    assert index.status_code == 200


def test_a_browser_that_nobody_knows_is_told_how_to_be_known(client):
    """The browsable API before anybody is known, on every kind of route."""
    browser = {"Accept": "text/html,*/*;q=0.8"}
    for path in (
        "users/me",
        "sessions",
        "garden/species",
        "stats/daily/7",
        "auth/devices",
    ):
        answer = client.get(f"/api/{path}", headers=browser)
        assert answer.status_code == 401
        assert "Log in as staff" in answer.content.decode()
    for path in ("auth/login", "auth/register", "auth/refresh", "auth/logout"):
        answer = client.get(f"/api/{path}", headers=browser)
        assert answer.status_code == 405
        assert answer.headers["Content-Type"].startswith("text/html")
