"""Requests made up from the OpenAPI document find nothing that it does not say."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests.live.harness.user import register

pytestmark = pytest.mark.slow

REQUESTS_PER_OPERATION = 300


@pytest.fixture(scope="module")
def module_stack(start_stack):
    """A token that outlives the run: on a slow machine it ended before it, with 401s."""
    return start_stack(
        RATE_LIMIT_PER_MINUTE="1000000", ACCESS_TOKEN_EXPIRE_MINUTES="1440"
    )


@pytest.fixture
def stack(module_stack, unharmed):
    return unharmed(module_stack)


@pytest.mark.row("I15")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_made_up_requests_are_answered_as_documented(stack, seed, record_property):
    """All checks of schemathesis, signed in. It has found: 414 and the pattern of an
    Idempotency-Key that the document did not name, a PATCH without a body, texts with
    a NUL.
    """
    person = register(stack)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *(
                "--config-file",
                settings.BASE_DIR / "tests/live/hostile/schemathesis.toml",
            ),
            *("run", f"{stack.origin}/openapi.json", "--url", stack.origin),
            *("--seed", str(seed), "--max-examples", str(REQUESTS_PER_OPERATION)),
            *("--generation-database", "none", "--no-color"),
        ],
        cwd=settings.BASE_DIR,
        env=os.environ | {"FUZZ_TOKEN": person.token},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # The token was good to the end: the requests were made as the user.
    assert person.ask("GET", "/users/me").status_code == 200
    (made,) = re.findall(r"(\d+) generated", done.stdout)
    record_property("requests made up from the document", int(made))
