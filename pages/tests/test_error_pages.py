"""Error pages for people, the envelope for programs, and files that browsers ask for."""

import json
import struct
from contextlib import closing

import pytest
from django.db import OperationalError
from django.test import Client

from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PROGRAMS = ["*/*", "application/json", "", "application/json, text/html;q=0.5", "junk"]
NOWHERE = ["/nothing", "/garden/nothing", "/static/nothing.js", "/favicon.png"]


def content_of(answer):
    """Read a file and close it, as a server would."""
    with closing(answer):
        return answer.getvalue()


def is_page(answer, status):
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    text = answer.content.decode()
    assert "<h1>" in text
    assert answer.headers["X-Request-ID"] in text
    return text


@pytest.mark.parametrize("path", NOWHERE)
def test_a_person_at_an_unknown_address_gets_a_page(client, path):
    text = is_page(client.get(path, headers=BROWSER), 404)
    assert "Nothing grows here" in text
    assert 'href="/"' in text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_an_odd_method_changes_nothing_about_it(method):
    browser = Client(enforce_csrf_checks=True)
    is_page(getattr(browser, method)("/nothing", headers=BROWSER), 404)
    assert refusal(getattr(browser, method)("/nothing")) == (404, "ROUTE_NOT_FOUND")


def test_head_of_an_unknown_address_has_no_body(client):
    answer = client.head("/nothing", headers=BROWSER)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.content == b""


@pytest.mark.parametrize("accept", PROGRAMS)
def test_a_program_at_an_unknown_address_gets_the_envelope(client, accept):
    answer = client.get("/nothing", headers={"Accept": accept})
    assert refusal(answer) == (404, "ROUTE_NOT_FOUND")


@pytest.mark.parametrize("path", ["/api/nothing", "/api/v1/nothing", "/api/v2"])
def test_below_the_api_everybody_gets_the_envelope(client, path):
    answer = client.get(path, headers=BROWSER)
    assert refusal(answer) == (404, "ROUTE_NOT_FOUND")


def test_staff_at_an_unknown_address_of_theirs_find_back(as_staff):
    assert 'href="/admin/"' in is_page(as_staff.get("/admin/nothing/"), 404)


def test_a_host_that_is_not_ours_is_told_so_on_a_page(client):
    is_page(client.get("/docs", headers=BROWSER | {"Host": "evil.example"}), 400)


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/security.txt"])
def test_a_method_that_is_not_allowed_has_words(client, path, settings):
    settings.SECURITY_CONTACT = "mailto:security@focusguard.example"
    answer = client.put(path)
    assert refusal(answer) == (405, "METHOD_NOT_ALLOWED")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}
    is_page(client.put(path, headers=BROWSER), 405)


def test_a_form_of_another_cookie_says_what_to_do():
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "of a sibling"
    text = is_page(browser.post("/admin/login/", {}, headers=BROWSER), 403)
    assert "reload the page" in text


@pytest.fixture
def broken(monkeypatch, as_staff):
    def _broken(error):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr("stats.selectors.summary", fail)
        as_staff.raise_request_exception = False
        return as_staff.get("/admin/")

    return _broken


def test_a_fault_of_ours_tells_staff_its_number_and_nothing_else(broken):
    text = is_page(broken(RuntimeError("a secret")), 500)
    assert "secret" not in text


def test_a_database_that_is_away_is_worth_another_try(broken):
    answer = broken(OperationalError("no route to host"))
    is_page(answer, 503)
    assert answer.headers["Retry-After"] == "5"


# What browsers ask for without being told to


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/favicon.ico", "image/x-icon"),
        ("/robots.txt", "text/plain"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/apple-touch-icon.png", "image/png"),
        ("/apple-touch-icon-precomposed.png", "image/png"),
    ],
)
def test_what_browsers_ask_for_by_name_is_there(client, path, kind):
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] == kind
    assert content_of(answer)
    head = client.head(path)
    assert (head.status_code in (200, 301), content_of(head)) == (True, b"")


def test_manifest_names_icons_that_are_there_and_as_large_as_it_says(client):
    manifest = json.loads(content_of(client.get("/manifest.webmanifest")))
    assert manifest["start_url"] == manifest["scope"] == "/"
    for icon in manifest["icons"]:
        content = content_of(client.get(icon["src"]))
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", content[16:24])
            assert icon["sizes"] == f"{width}x{height}"


def test_robots_are_sent_past_the_api_and_the_staff(client):
    rules = content_of(client.get("/robots.txt")).decode().splitlines()
    assert rules == ["User-agent: *", "Disallow: /admin/", "Disallow: /api/"]


def test_security_txt_says_where_a_weakness_is_told(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@focusguard.example"
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    contact, expires, _ = answer.content.decode().splitlines()
    assert contact == "Contact: mailto:security@focusguard.example"
    assert expires.startswith("Expires: 20")
    assert expires.endswith("Z")


def test_password_managers_learn_that_an_unknown_address_is_none(client):
    path = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
    assert client.get(path, headers=BROWSER).status_code == 404
