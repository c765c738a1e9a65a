"""Providers as processes of their own, and a stack that people sign in to by them."""

import json
import sys
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import pytest

from accounts.devices.one_door import open_device
from accounts.tests.factories import UserFactory
from identity.tests.phone import KEYS
from tests.live.harness.programs import program, running_panva
from tests.live.harness.stack import ALLOWED_ORIGIN, free_port
from tests.live.providers.browser import Browser
from tests.live.providers.lying import CLIENT_ID, SECRET, TROUBLES


@dataclass
class Elsewhere:
    """A provider at an address, which says what it is told to."""

    url: str

    def say(self, told):
        body = json.dumps(told).encode()
        request = urllib.request.Request(f"{self.url}/say", body, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()

    def asked(self):
        with urllib.request.urlopen(f"{self.url}/asked", timeout=30) as answer:
            return json.loads(answer.read())


@pytest.fixture(scope="module")
def processes():
    with ExitStack() as running:
        yield running


def _module_of(processes, name):
    port = free_port()
    processes.enter_context(program(sys.executable, "-m", name, str(port)))
    return Elsewhere(f"http://127.0.0.1:{port}")


@pytest.fixture(scope="module")
def lying(processes):
    return _module_of(processes, "tests.live.providers.lying")


@pytest.fixture(scope="module")
def github(processes):
    return _module_of(processes, "tests.live.providers.github")


@pytest.fixture(scope="module")
def panva(processes):
    back = f"{ALLOWED_ORIGIN}/api/auth/oauth/panva/callback"
    return processes.enter_context(running_panva(back))


@pytest.fixture(scope="module")
def start_provided(start_stack, lying, github, panva):
    """Start two workers that know all of them, and an issuer for each trouble."""
    issuers = {"panva": panva, "lying": lying.url}
    issuers |= {name: f"{lying.url}/{name}" for name in TROUBLES}
    environment = {"OIDC_PROVIDERS": ",".join(issuers)}
    for name, issuer in issuers.items():
        prefix = f"OIDC_{name.upper()}"
        environment |= {
            f"{prefix}_ISSUER": issuer,
            f"{prefix}_CLIENT_ID": CLIENT_ID,
            f"{prefix}_SECRET": SECRET,
        }
    return partial(
        start_stack,
        DASHBOARD_URL=ALLOWED_ORIGIN,
        OAUTH_GITHUB_URL=github.url,
        OAUTH_GITHUB_CLIENT_ID=CLIENT_ID,
        OAUTH_GITHUB_CLIENT_SECRET=SECRET,
        RATE_LIMIT_PER_MINUTE="1000000",
        RATE_LIMIT_ENABLED="false",
        ENCRYPTION_KEYS=KEYS[0],
        **environment,
    )


@pytest.fixture(scope="module")
def provided_stack(start_provided):
    return start_provided()


@pytest.fixture
def stack(provided_stack, unharmed):
    return unharmed(provided_stack)


@pytest.fixture
def liar(lying):
    """The lying provider, honest until the test has it lie."""
    lying.say({})
    yield lying
    # What hangs is let go.
    lying.say({})


@pytest.fixture
def browser(stack):
    return Browser(stack)


@pytest.fixture
def newcomer(transactional_db):
    """Return a user without a password, and the token of a device that just signed in."""
    user = UserFactory(username="newcomer")
    user.set_unusable_password()
    user.save()
    return user, open_device(user=user).access_token
