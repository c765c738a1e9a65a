"""Scrapes tell of jobs, workers and mails."""

import pytest
from django.db import connection

from watch import waiting_work

pytestmark = pytest.mark.django_db

JOB = """
INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at)
VALUES (%s, 'task', %s, now() + make_interval(secs => %s)) RETURNING id
"""
EVENT = """
INSERT INTO procrastinate_events (job_id, type, at)
VALUES (%s, %s, now() - make_interval(secs => %s))
"""
# The moment of the making of a job is an event that a trigger writes.
MADE = "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s)"
MAIL = """
INSERT INTO mail_outbox (id, kind, key, address, data, created_at, due_at, tries, state,
                         reason, ended_at)
VALUES (gen_random_uuid(), 'kind', gen_random_uuid()::text, %s, '{}', now(),
        now() - make_interval(secs => %s), 0, %s, 'a reason', %s)
"""


def say(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else None


def job(queue="mail", status="todo", in_seconds=None):
    return say(JOB, queue, status, in_seconds)


def told():
    """Return each sample by its name, without the prefix, and its labels."""
    with connection.cursor() as cursor:
        return {
            (sample.name.removeprefix("focusguard_"), *sample.labels.values()): (
                sample.value
            )
            for family in waiting_work.gauges(cursor)
            for sample in family.samples
        }


def test_scrape_of_an_empty_queue_has_its_zeros():
    assert told() == {
        ("jobs_failed_recent",): 0,
        ("workers_alive",): 0,
        ("mails", "waiting"): 0,
        ("mails", "failed"): 0,
        ("mail_oldest_seconds",): 0,
    }


def test_jobs_are_counted_by_queue_and_status():
    for status in ("todo", "todo", "doing", "succeeded", "failed", "cancelled"):
        job(status=status)
    job(queue="default")
    found = told()
    assert found["jobs", "mail", "todo"] == 2
    assert found["jobs", "default", "todo"] == 1
    for status in ("doing", "succeeded", "failed", "cancelled"):
        assert found["jobs", "mail", status] == 1


def test_oldest_job_is_the_one_that_is_due_for_longest():
    job(in_seconds=-90)
    job(in_seconds=-600)
    # Put off, and so not late; one that runs waits for nobody any more.
    job(in_seconds=3600)
    job(in_seconds=-5000, status="doing")
    assert told()["job_oldest_seconds", "mail"] == pytest.approx(600, abs=60)


def test_a_job_that_was_not_put_off_is_due_from_its_making_on():
    job()
    say(MADE, 900)
    job()
    job(in_seconds=-30)
    assert told()["job_oldest_seconds", "mail"] == pytest.approx(900, abs=60)


@pytest.mark.parametrize("status", ["doing", "succeeded"])
def test_a_queue_that_waits_for_nothing_is_no_seconds_old(status):
    job(status=status)
    assert told()["job_oldest_seconds", "mail"] == 0


def test_a_job_for_later_is_no_seconds_old():
    job(in_seconds=3600)
    assert told()["job_oldest_seconds", "mail"] == 0


def test_failures_of_the_last_hour_are_recent():
    failed = job(status="failed")
    say(EVENT, failed, "failed", 1800)
    say(EVENT, failed, "failed", 4000)
    say(EVENT, failed, "deferred_for_retry", 60)
    assert told()["jobs_failed_recent",] == 1


def test_workers_with_a_sign_of_life_are_alive():
    for ago in (1, 30, 3600):
        say(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s))",
            ago,
        )
    assert told()["workers_alive",] == 2


def test_mails_wait_or_were_given_up():
    say(MAIL, "ann@focusguard.com", 300, "waiting", None)
    say(MAIL, "bob@focusguard.com", -300, "waiting", None)
    say(MAIL, "", 5000, "failed", "2026-11-26")
    say(MAIL, "", 5000, "sent", "2026-11-26")
    found = told()
    assert (found["mails", "waiting"], found["mails", "failed"]) == (2, 1)
    assert found["mail_oldest_seconds",] == pytest.approx(300, abs=60)


def test_mails_that_are_not_due_are_not_late():
    say(MAIL, "bob@focusguard.com", -300, "waiting", None)
    assert told()["mail_oldest_seconds",] == 0


@pytest.mark.parametrize("name", ["JOBS", "OLDEST", "FAILED", "WORKERS", "MAILS"])
def test_no_table_is_read_as_a_whole(name):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {getattr(waiting_work, name)}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan" not in plan
