"""Clients that others' generators make of the document compile, and live a first day."""

import json
import os
import re
import subprocess
import sys

import pytest
import requests
from django.conf import settings

from tests.live.harness.stack import Request, running_stack

pytestmark = [
    pytest.mark.clients,
    pytest.mark.slow,
    # pytest-django makes a database of tests only where a test is marked so.
    pytest.mark.django_db(transaction=True),
]

PASSWORD = "correct horse battery"
HERE = settings.BASE_DIR / "tests" / "clients"
GENERATED = HERE / "generated"
TOOLS = settings.BASE_DIR / ".local" / "clients" / "bin"
DAYS = {
    "hey-api": ["node", "generated/day-hey-api.mjs"],
    "orval": ["node", "generated/day-orval.mjs"],
    "attrs": ["python", "day_attrs.py"],
    "pydantic": ["python", "day_pydantic.py"],
}


def run(*command, **environment):
    # The generators' own Python and Node, and nothing of the environment of the tests.
    path = os.pathsep.join([str(HERE / "node_modules" / ".bin"), str(TOOLS)])
    keep = {"HOME": os.environ.get("HOME", "/tmp"), "CI": "true"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=HERE,
        env=keep | {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def origin(django_db_setup, tmp_path_factory):
    """A server whose document is in `generated/`."""
    with running_stack(
        tmp_path_factory.mktemp("stack"), RATE_LIMIT_PER_MINUTE="100000"
    ) as stack:
        GENERATED.mkdir(exist_ok=True)
        document = stack.send(Request("GET", "/openapi.json")).content
        (GENERATED / "openapi.json").write_bytes(document)
        yield stack.origin


def test_redocly_finds_nothing(origin):
    told = run("redocly", "lint", "generated/openapi.json")
    assert "warning" not in told.lower(), told


def test_spectral_finds_nothing(origin):
    run("spectral", "lint", "--fail-severity", "hint", "generated/openapi.json")


@pytest.fixture(scope="module")
def typescript(origin):
    document = "./generated/openapi.json"
    run("openapi-ts", "--input", document, "--output", "generated/hey-api")
    run("orval", "--config", "orval.config.js", ORIGIN=origin)
    run("tsc", "--project", ".")
    for name in ("day-hey-api", "day-orval"):
        run(
            *("esbuild", f"{name}.ts", "--bundle", "--platform=node", "--format=esm"),
            *("--target=node20", "--log-level=warning"),
            f"--outfile=generated/{name}.mjs",
        )


@pytest.fixture(scope="module")
def python(origin):
    run(
        *("openapi-python-client", "generate", "--path", "generated/openapi.json"),
        *("--output-path", "generated/attrs_client", "--meta", "none"),
        *("--config", "openapi-python-client.yml"),
        *("--overwrite", "--fail-on-warning"),
    )
    run(
        *("datamodel-codegen", "--input", "generated/openapi.json"),
        *("--input-file-type", "openapi", "--output", "generated/models.py"),
        *("--output-model-type", "pydantic_v2.BaseModel"),
        *("--target-python-version", "3.11", "--use-annotated", "--formatters"),
        "builtin",
    )
    run(
        *("mypy", "--strict", "--cache-dir", "generated/.mypy_cache"),
        *("--config-file", os.devnull, "--explicit-package-bases"),
        *("day_attrs.py", "day_pydantic.py"),
    )


@pytest.mark.parametrize("name", ["hey-api", "orval"])
def test_a_day_in_typescript(origin, typescript, name):
    run(*DAYS[name], origin, f"{name.replace('-', '_')}_{os.getpid()}")


@pytest.mark.parametrize("name", ["attrs", "pydantic"])
def test_a_day_in_python(origin, python, name):
    run(*DAYS[name], origin, f"{name}_{os.getpid()}")


def first_call(origin, language):
    """Cut the first example out of `/docs`, as it is written but for address and name."""
    told = json.loads((GENERATED / "openapi.json").read_text())["info"]["description"]
    example = re.findall(rf"```{language}\n(.*?)```", told, re.S)[0]
    name = f"first_{language}_{os.getpid()}"
    return name, example.replace("http://localhost:8000", origin).replace(
        "alice_focus", name
    ).replace("alice@", f"{name}@")


def register(origin, name):
    """Register who the example signs in; return the access token."""
    body = {"username": name, "email": f"{name}@focusguard.com", "password": PASSWORD}
    answer = requests.post(f"{origin}/api/auth/register", json=body, timeout=30)
    assert answer.status_code == 201, answer.text
    return answer.json()["access_token"]


def active_session(origin, token):
    answer = requests.get(
        f"{origin}/api/sessions/active",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    return answer.json()["session"]


def test_the_first_call_in_curl(origin):
    name, example = first_call(origin, "sh")
    account, start = re.split(r"ACCESS=.*\n", example)
    out = run("sh", "-ec", account + "\n")
    token = json.loads(out)["access_token"]
    assert json.loads(out)["user"]["username"] == name
    run("sh", "-ec", f"API={origin}/api ACCESS={token}\n{start}")
    assert active_session(origin, token)["duration_min"] == 25


def test_the_first_call_in_javascript(origin):
    name, example = first_call(origin, "js")
    token = register(origin, name)
    run("node", "--input-type=module", "--eval", example)
    assert active_session(origin, token)["duration_min"] == 25


def test_the_first_call_in_python(origin):
    name, example = first_call(origin, "python")
    register(origin, name)
    run(sys.executable, "-c", example + "\nassert client.headers, session['id']\n")
