"""Workers killed, reloaded and told to stop, with people in the middle of something."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from django.db import connection, transaction

from accounts.models import User
from local.processes import command_of, wait_until
from sessions_app.models import FocusSession
from tests.live.harness.burst import Dam, waiting
from tests.live.harness.stack import DEADLINE, THREADS, WORKERS, running_stack
from tests.live.harness.user import register
from tests.live.harness.writers import writing

# A worker's start is most of the work: the long row is left to `make test-live`.
FEW_OR_MANY_KILLS = [3, pytest.param(10, marks=pytest.mark.slow)]
FEW_OR_MANY_RELOADS = [2, pytest.param(5, marks=pytest.mark.slow)]


@pytest.fixture
def stack(unharmed, tmp_path):
    """A stack of the test's own: it will be stopped, or have other workers."""
    with running_stack(
        tmp_path,
        cold=True,
        RATE_LIMIT_ENABLED="false",
    ) as stack:
        yield unharmed(stack)


@pytest.fixture
def dawdling(transactional_db):
    """Let each new session take half a second to store."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END';
            CREATE TRIGGER dawdle BEFORE INSERT ON sessions
                FOR EACH ROW EXECUTE FUNCTION dawdle();
            """
        )
        yield
        cursor.execute("DROP FUNCTION dawdle CASCADE")


def accepted(stack):
    """Count the connections that the workers hold at this moment."""
    return sum(
        held.laddr.port == stack.port and held.status == psutil.CONN_ESTABLISHED
        for worker in psutil.Process(stack.process.pid).children()
        for held in worker.net_connections()
    )


@pytest.mark.row("F01")
@pytest.mark.parametrize("kills", FEW_OR_MANY_KILLS)
def test_killed_workers_lose_nothing_that_was_acknowledged(
    stack, record_property, kills
):
    with writing([register(stack) for _ in range(8)]) as writers:
        for _ in range(kills):
            writers.wait_for_more(10)
            victim = max(pid for pid in stack.worker_pids() if command_of(pid))
            os.kill(victim, signal.SIGKILL)
    stack.wait_until_ready()
    rows = FocusSession.objects.values_list("pk", "status")
    kept = writers.kept({str(pk): status for pk, status in rows})
    record_property("writes acknowledged amid kills", kept)


@pytest.mark.row("F13")
@pytest.mark.usefixtures("dawdling")
def test_asked_to_stop_it_answers_what_it_has_begun(stack):
    """Caught: gunicorn's sync worker, which drops what waits."""
    people = [register(stack) for _ in range(WORKERS * THREADS)]
    with ThreadPoolExecutor(len(people)) as pool:
        answers = [
            pool.submit(person.ask, "POST", "/sessions", {}) for person in people
        ]
        # What still waits in the kernel's queue is nobody's yet.
        assert wait_until(lambda: accepted(stack) == len(people), seconds=DEADLINE)
        stack.process.terminate()
        statuses = [answer.result().status_code for answer in answers]
    assert statuses == [201] * len(people)
    assert stack.process.wait(DEADLINE) == 0
    assert FocusSession.objects.count() == len(people)


@pytest.mark.row("F14")
@pytest.mark.parametrize("reloads", FEW_OR_MANY_RELOADS)
def test_reloading_drops_nothing(stack, reloads):
    person = register(stack)
    done, failed, passed = threading.Event(), [], []

    def read():
        while not done.is_set():
            answer = person.attempt("GET", "/users/me")
            (passed if answer and answer.status_code == 200 else failed).append(answer)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(reloads):
            before = {pid for pid in stack.worker_pids() if command_of(pid)}
            stack.process.send_signal(signal.SIGHUP)
            assert wait_until(
                lambda old=before: (
                    not any(map(command_of, old))
                    and len([p for p in stack.worker_pids() if command_of(p)]) >= 1
                ),
                seconds=DEADLINE,
            )
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert passed
    assert failed == []


@pytest.mark.slow
@pytest.mark.row("F08")
def test_frozen_worker_gives_its_locks_back(stack):
    """Caught: no idle_in_transaction_session_timeout (locked for as long as it hangs)."""
    person = register(stack)
    workers = psutil.Process(stack.process.pid).children()
    with ThreadPoolExecutor(1) as pool:
        with Dam(User.objects.get(pk=person.id)):
            hanging = pool.submit(person.attempt, "POST", "/sessions", {})
            assert wait_until(lambda: waiting() == 1, seconds=DEADLINE)
            for worker in workers:
                worker.suspend()
        try:
            # The worker holds the row now, and is in no state to give it back. Whoever
            # asks for the row before its connection has woken up is given it first.
            assert wait_until(lambda: waiting() == 0, seconds=DEADLINE)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "SET LOCAL lock_timeout = '15s'; SET LOCAL statement_timeout = 0"
                )
                cursor.execute(
                    "SELECT 1 FROM users WHERE id = %s FOR UPDATE", [person.id]
                )
        finally:
            for worker in workers:
                worker.resume()
        answer = hanging.result()
    assert answer is None or answer.status_code == 503
    stack.answers.clear()
    assert person.ask("POST", "/sessions", {}).status_code == 201
    assert FocusSession.objects.count() == 1
