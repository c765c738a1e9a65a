"""Requests send Valkey at most one PUBLISH for the sockets, after their commit."""

import pytest
from redis import Redis

from tests.harness.valid_requests import API, valid_body
from tests.harness.worlds import world_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told_by(valkey):
    """Count what a Valkey that nobody else uses was asked to publish since."""
    with Redis.from_url(valkey.url) as client:

        def count():
            told = client.info("commandstats").get("cmdstat_publish", {"calls": 0})
            client.config_resetstat()
            return told["calls"]

        yield count


# What these write is nothing that a page of the same user shows, or shows without asking
# when it is opened, or nothing at all here: no other device is there to be ended, and no
# address to be withdrawn.
SILENT = {
    "POST /api/auth/refresh",
    "PATCH /api/auth/passkeys/{passkey_id}",
    "DELETE /api/auth/passkeys/{passkey_id}",
    "POST /api/auth/password/forgot",
    "POST /api/auth/email/verification",
    "POST /api/mail/unsubscribe/{token}",
    "PATCH /api/users/me/password",
    "DELETE /api/users/me/pending-email",
    "DELETE /api/auth/identities/{identity_id}",
    "POST /api/auth/proof",
    "POST /api/auth/totp",
    "DELETE /api/auth/totp",
    "POST /api/auth/api-tokens",
    "DELETE /api/auth/api-tokens/{api_token_id}",
}


@pytest.mark.row("RT14")
@pytest.mark.parametrize("operation", API, ids=str)
def test_write_publishes_once_and_nothing_else_does(
    transactional_db, valkey, hints_to, told_by, alice, as_alice, operation
):
    """Reads tell nobody, and a completion, of which four topics follow, tells once."""
    world = world_of(alice, as_alice)
    hints_to(valkey.url)
    told_by()
    body = valid_body(operation, world) if operation.takes_body else None
    ask = getattr(as_alice, operation.method.lower())
    answer = ask(world.path(operation), body, format="json")
    if answer.streaming:
        b"".join(answer.streaming_content)
    has_written = operation.writes and answer.status_code < 300
    is_told = has_written and str(operation) not in SILENT
    assert told_by() == int(is_told)
