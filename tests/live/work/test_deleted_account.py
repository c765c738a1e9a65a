"""An account that is deleted while its mails wait, and while one is on its way."""

import pytest

from mail.models import OutboxMail
from mail.tests.letters import queued
from tests.harness.places import places_of
from tests.live.work.traces import all_done, bring_forward, jobs, none_is_due, until

pytestmark = pytest.mark.slow

MAILS, AT_A_TIME = 20, 4


@pytest.mark.row("W20")
def test_deleted_account_gets_nothing_but_what_is_on_its_way(
    start_worker, server, mail_on, as_alice, alice
):
    """Caught: jobs that hold an address, and what outlives its person in them."""
    worker = start_worker("--concurrency", str(AT_A_TIME), **server.environment)
    server.let_go.clear()
    for number in range(MAILS):
        queued(number, user_id=alice.pk)
    until(server.held.is_set)
    assert as_alice.delete("/api/users/me").status_code == 204
    before = len(server.ids)
    server.let_go.set()
    # Those whose server took too long to answer come again.
    until(none_is_due)
    bring_forward()
    until(all_done)
    assert len(server.ids) - before <= AT_A_TIME
    assert not OutboxMail.objects.exists()
    assert jobs(status="succeeded").count() >= MAILS
    worker.stop()
    traces = (alice.username, alice.email, str(alice.pk), alice.pk.hex)
    assert places_of(*traces) == set()
    for trace in traces:
        assert trace not in worker.log
