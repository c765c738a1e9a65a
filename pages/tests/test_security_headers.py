"""Security headers of every answer, and what an answer does not tell a stranger."""

import re
from base64 import b64encode
from hashlib import sha256

import django
import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.tests.factories import PASSWORD
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ANSWERS = [
    ("/api/species", 404),
    ("/api/garden/species", 401),
    ("/api/auth/login", 405),
    ("/health", 200),
    ("/openapi.json", 200),
    ("/asyncapi.json", 200),
    ("/static/focusguard/nothing.svg", 404),
]
PAGES = ["/docs", "/redoc", "/admin/login/", "/admin/", "/admin/accounts/user/"]
BROWSABLE = "/api/garden/species"


def policy(answer):
    """Read the policy as a set of sources for each directive."""
    directives = answer.headers["Content-Security-Policy"].split("; ")
    parts = (directive.split() for directive in directives)
    return {name: set(sources) for name, *sources in parts}


def get_page(client, path):
    return client.get(path, headers={"Accept": "text/html"})


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_what_is_no_page_may_load_nothing(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert policy(answer) == {
        directive: {"'none'"}
        for directive in ("default-src", "base-uri", "form-action", "frame-ancestors")
    }
    assert EVERYWHERE.items() <= dict(answer.headers).items()
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.parametrize("path", [*PAGES, BROWSABLE])
def test_a_page_may_load_what_is_ours(as_staff, path):
    answer = get_page(as_staff, path)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert EVERYWHERE.items() <= dict(answer.headers).items()
    directives = policy(answer)
    assert directives["default-src"] == {"'none'"}
    assert directives["script-src"] == {"'self'"}
    assert directives["frame-ancestors"] == directives["base-uri"] == {"'none'"}
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", [*PAGES, BROWSABLE])
def test_a_page_has_no_script_that_its_policy_would_stop(as_staff, path):
    page = get_page(as_staff, path).content.decode()
    for attributes in re.findall(r"<script([^>]*)>", page):
        assert 'src="/' in attributes or 'type="application/json"' in attributes
    assert not re.search(r"\son[a-z]+=", page)
    assert "javascript:" not in page


@pytest.mark.parametrize("path", [*PAGES, BROWSABLE])
def test_a_page_asks_nobody_else_for_anything(as_staff, path):
    page = get_page(as_staff, path).content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]*\.(?:css|js|woff2?)', page)
    assert "fonts.g" not in page


def test_only_redoc_may_write_style_while_it_runs(as_staff):
    inline = {
        path
        for path in [*PAGES, BROWSABLE]
        if "'unsafe-inline'" in policy(get_page(as_staff, path))["style-src"]
    }
    assert inline == {"/redoc"}


def test_style_in_the_browsable_api_is_let_in_by_a_nonce_of_its_answer(as_staff):
    nonces = set()
    for _ in range(2):
        answer = get_page(as_staff, BROWSABLE)
        (nonce,) = re.findall(r'<style nonce="(.*?)">', answer.content.decode())
        assert f"'nonce-{nonce}'" in policy(answer)["style-src"]
        nonces.add(nonce)
    assert len(nonces) == 2


def test_script_of_the_docs_comes_from_an_address_of_its_own(client):
    page = client.get("/docs").content.decode()
    (address,) = re.findall(r'<script src="(/docs[^"]*)"', page)
    script = client.get(address.replace("&amp;", "&"))
    assert script.headers["Content-Type"] == "application/javascript"
    assert "SwaggerUIBundle" in script.content.decode()


def test_production_sends_everybody_to_https_but_the_probes(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    moved = client.get("/docs")
    assert moved.status_code == 301
    assert moved.headers["Location"] == "https://testserver/docs"
    assert client.get("/health").status_code == 200
    assert client.get("/health/live").status_code == 200


def test_production_refuses_a_program_that_speaks_http(as_alice, settings):
    """A redirect would hide that its token went over the wire for all to read."""
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/api/users/me", "/api/v1/auth/login", "/api", "/api/", "/api/v1"):
        assert refusal(as_alice.post(path, {})) == (403, "HTTPS_REQUIRED")
        assert refusal(as_alice.get(path)) == (403, "HTTPS_REQUIRED")
    assert as_alice.get("/api/users/me", secure=True).status_code == 200


def test_https_is_asked_for_for_a_year(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    assert client.get("/docs", secure=True).headers["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )


@pytest.mark.row("Z10")
@pytest.mark.parametrize("path", [*PAGES, BROWSABLE])
def test_no_page_tells_the_version_of_a_part(as_staff, path):
    answer = get_page(as_staff, path)
    assert "X-Powered-By" not in answer.headers
    assert django.get_version() not in str(answer.headers)
    assert django.get_version() not in answer.content.decode()


def test_personal_answers_are_kept_by_no_cache(as_alice):
    assert as_alice.get("/api/users/me").headers["Cache-Control"] == "no-store"


def test_admin_cookies_are_for_the_server_alone(client, ada):
    client.get(reverse("admin:login"))
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
    form = {"username": ada.username, "password": PASSWORD}
    client.post(reverse("admin:login"), form)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.row("Z10")
def test_a_stranger_finds_no_file_of_ours():
    client = APIClient()
    for path in ("/.git/config", "/.env", "/manage.py", "/static/../manage.py"):
        assert client.get(path).status_code == 404


def test_looks_of_the_first_frame_are_let_in_by_their_hash(client):
    answer = get_page(client, "/")
    (style,) = re.findall(rb"<style>(.*?)</style>", answer.content, re.DOTALL)
    digest = b64encode(sha256(style).digest()).decode()
    assert policy(answer)["style-src"] == {"'self'", f"'sha256-{digest}'"}
    # No other page lets it in.
    assert policy(get_page(client, "/docs"))["style-src"] == {"'self'"}
