"""The stack that most live tests share, and what must hold after each of them."""

from contextlib import ExitStack

import pytest
from django.core.management import call_command

from accounts.devices.one_door import open_device
from tests.live.harness.own_servers import own_postgres, own_valkey
from tests.live.harness.stack import running_stack


def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith("tests/live/"):
            item.add_marker(pytest.mark.live)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    """A Postgres that a module's tests may harm."""
    with own_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="module")
def valkey(tmp_path_factory):
    """A Valkey that a module's tests may harm."""
    with own_valkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture(scope="module")
def start_stack(django_db_setup, tmp_path_factory):
    """Start stacks that serve until the last test of the module."""
    with ExitStack() as stacks:
        yield lambda **environment: stacks.enter_context(
            running_stack(tmp_path_factory.mktemp("stack"), **environment)
        )


@pytest.fixture(scope="session")
def shared_stack(django_db_setup, tmp_path_factory):
    """Two workers whose request limit is out of the way; that of sign-ins holds."""
    directory = tmp_path_factory.mktemp("stack")
    environment = {"RATE_LIMIT_PER_MINUTE": "1000000"}
    with running_stack(directory, checked=True, **environment) as stack:
        yield stack


@pytest.fixture
def stack(shared_stack, unharmed):
    """The shared stack; committed rows only, which the database forgets afterwards."""
    return unharmed(shared_stack)


@pytest.fixture
def unharmed(transactional_db):
    """Watch stacks: no answer of this test may be a 5xx; figures and boards must hold.

    A stack that the test makes `busy` may say so, and nothing worse.
    """
    watched = []

    def watch(stack, *, busy=False):
        stack.answers.clear()
        watched.append((stack, {503} if busy else set()))
        return stack

    yield watch
    for stack, allowed in watched:
        stack.wait_until_idle()
        failed = [
            answer
            for answer in stack.answers
            if answer.status_code >= 500 and answer.status_code not in allowed
        ]
        assert not failed, f"{len(failed)} × 5xx:\n{stack.log_tail()}"
    call_command("verify_stats", verbosity=0)
    call_command("verify_leaderboards", verbosity=0)


@pytest.fixture
def signed_in(transactional_db, alice):
    """Alice's device: `access_token`, `refresh_token`, `device`, `user`.

    Made here, since a sign-in over HTTP would cost a real bcrypt hash.
    """
    return open_device(user=alice)
