"""The dashboard's own tests, its types, and its size."""

import gzip
import json
import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command

from local.places import PROJECT

FOLDER = PROJECT / "dashboard"
INITIAL_KB = 150


def run(*command):
    done = subprocess.run(
        command, cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# With the pages, as one of them: it keeps both cores busy for ten seconds.
def test_logic_and_parts():
    run("npm", "test", "--silent")


def test_types_are_those_of_the_schema(tmp_path):
    schema, made = tmp_path / "openapi.json", tmp_path / "schema.d.ts"
    call_command("spectacular", format="openapi-json", file=str(schema))
    run("npx", "openapi-typescript", schema, "-o", made)
    kept = FOLDER / "src" / "api" / "schema.d.ts"
    assert made.read_text() == kept.read_text(), "run: make types"


@pytest.mark.parametrize("kind", ["js", "css"])
def test_first_page_is_small(kind):
    page = (settings.DASHBOARD_BUILD / "index.html").read_text()
    names = re.findall(rf"/static/dashboard/(assets/[^\"]+\.{kind})", page)
    assert names
    sizes = [
        len(gzip.compress((settings.DASHBOARD_BUILD / name).read_bytes()))
        for name in names
    ]
    assert sum(sizes) < INITIAL_KB * 1000


def test_every_path_of_the_router_is_served():
    source = (FOLDER / "src" / "App.tsx").read_text()
    # Those of strangers stand in a list of pairs above: ["/reset", Reset].
    routes = re.findall(r'(?:<Route path=|\[)"/([a-z/-]*?)(/\*\?)?"', source)
    from pages.dashboard import PATHS

    inside = {"", *(path for path, _ in routes)}
    # A page of sections has paths of its own below it: you/data.
    above = {path for path, below in routes if below}
    assert inside <= set(PATHS)
    assert {path for path in PATHS if path.split("/")[0] not in above} <= inside


def test_versions_are_pinned():
    package = json.loads((FOLDER / "package.json").read_text())
    for kind in ("dependencies", "devDependencies"):
        for name, version in package[kind].items():
            assert re.fullmatch(r"[\d.]+", version), name
