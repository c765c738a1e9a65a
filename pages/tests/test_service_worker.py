"""`/sw.js`, which keeps the dashboard's shell, and what a page may load of it."""

import json
import re
import struct

import pytest
from django.conf import settings

from pages.tests.test_security_headers import policy

pytestmark = pytest.mark.skipif(
    not settings.HAS_DASHBOARD, reason="needs a built dashboard (Node 20.19)"
)


def constant(name, worker):
    (written,) = re.findall(rf"^const {name} = (.*);$", worker, re.MULTILINE)
    return json.loads(written)


def test_worker_may_ask_us_and_is_kept_by_no_cache(client):
    """Below `default-src 'none'` a browser throws it away, and says so nowhere."""
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Last-Modified"} & set(answer.headers)
    assert policy(answer) == {
        "default-src": {"'none'"},
        "connect-src": {"'self'"},
        "frame-ancestors": {"'none'"},
    }


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_worker_only_wants_to_be_looked_at(client, method):
    assert getattr(client, method)("/sw.js").status_code == 405


def test_worker_names_the_files_of_its_build_and_they_are_there(client):
    build = constant("BUILD", client.get("/sw.js").text)
    assert build["named"] and set(build["named"]) < set(build["files"])
    page = client.get("/").text
    for file in build["named"]:
        assert f'"{file}"' in page
    for file in build["files"]:
        assert file.startswith(build["folder"])
        assert (settings.DASHBOARD_BUILD / file.partition("dashboard/")[2]).is_file()


def test_worker_answers_for_the_pages_of_the_app_and_nothing_else(client):
    pages = constant("PAGES", client.get("/sw.js").text)
    assert {"/", "/garden", "/you", "/sign-in"} <= set(pages)
    for address in pages:
        assert client.get(address).headers["Content-Type"].startswith("text/html")
    for address in (
        "/admin/",
        "/docs",
        "/api",
        "/openapi.json",
        "/asyncapi.json",
        "/reset",
        "/health",
    ):
        assert address not in pages


def test_page_may_load_its_manifest(client):
    assert policy(client.get("/"))["manifest-src"] == {"'self'"}


def test_link_to_a_page_has_a_picture_at_a_whole_address(client):
    page = client.get("/garden").text
    (address,) = re.findall('<meta property="og:image" content="([^"]+)"', page)
    assert address == "http://testserver/static/focusguard/link.png"
    picture = b"".join(client.get("/static/focusguard/link.png").streaming_content)
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 100_000
