import pytest
from django.contrib import admin

from accounts.tests.staff import (
    list_url,
    listed,
    log_of,
    page_url,
    run_action,
    said,
    staff_with,
)
from work.models import ProofRun
from work.queue import Job
from work.tests.jobs import job

pytestmark = pytest.mark.django_db


def test_jobs_are_shown_with_what_they_are_about(as_staff):
    waits = job(args='{"mail_id": "7"}')
    page = as_staff.get(list_url(Job))
    assert listed(page) == [waits]
    assert "{&quot;mail_id&quot;: &quot;7&quot;}" in page.content.decode()


def test_failures_are_found(as_staff):
    failed, _ = job(status="failed"), job(status="succeeded")
    assert listed(as_staff.get(list_url(Job), {"status__exact": "failed"})) == [failed]


def test_queue_is_found(as_staff):
    mail, _ = job(queue_name="mail"), job()
    assert listed(as_staff.get(list_url(Job), {"queue": "mail"})) == [mail]


@pytest.mark.parametrize("words", ["send_mail", "{pk}"])
def test_jobs_are_found_by_task_and_by_number(as_staff, words):
    wanted, _ = job(), job("another")
    page = as_staff.get(list_url(Job), {"q": words.format(pk=wanted.pk)})
    assert listed(page) == [wanted]


def test_list_does_not_ask_more_with_more_jobs(as_staff, django_assert_num_queries):
    for _ in range(10):
        job()
    # session, staff user, the count, the jobs
    with django_assert_num_queries(4):
        as_staff.get(list_url(Job))


def test_page_of_a_job_tells_what_happened_to_it(as_staff):
    html = as_staff.get(page_url(job())).content.decode()
    assert "deferred" in html


def test_failed_job_is_tried_again(as_staff):
    failed = job(status="failed", attempts=5)
    page = run_action(as_staff, "retry", failed)
    assert said(page) == ["To be tried again: 1"]
    assert Job.objects.get(pk=failed.pk).status == "todo"
    assert log_of(failed) == ["To be tried again."]


@pytest.mark.parametrize("status", ["todo", "doing", "succeeded", "cancelled"])
def test_job_that_did_not_fail_is_not_tried_again(as_staff, status):
    """A job that runs would run twice."""
    other = job(status=status)
    page = run_action(as_staff, "retry", other)
    assert said(page) == [f"{other}: Only a job that failed can be tried again."]
    assert Job.objects.get(pk=other.pk).status == status


def test_job_that_waits_is_cancelled(as_staff):
    waits = job()
    assert said(run_action(as_staff, "cancel", waits)) == ["Cancelled: 1"]
    assert Job.objects.get(pk=waits.pk).status == "cancelled"


def test_job_that_has_begun_is_not_cancelled(as_staff):
    runs = job(status="doing")
    refused = f"{runs}: Only a job that has not begun can be cancelled."
    assert said(run_action(as_staff, "cancel", runs)) == [refused]


@pytest.mark.parametrize("action", ["retry", "cancel"])
def test_who_may_only_look_changes_nothing(client, action):
    client.force_login(staff_with("view_job"))
    row = job(status="failed")
    assert listed(client.get(list_url(Job))) == [row]
    run_action(client, action, row)
    assert Job.objects.get(pk=row.pk).status == "failed"


def test_jobs_have_one_page(as_staff):
    """procrastinate's own would show them a second time, by other rules."""
    assert "procrastinate" not in {m._meta.app_label for m in admin.site._registry}


def test_nobody_adds_or_changes_a_job(as_staff):
    row = job()
    page = as_staff.get(page_url(row)).content.decode()
    assert "<form" in page
    assert 'name="_save"' not in page


def test_nightly_proofs_are_shown_newest_first(as_staff):
    days = ["2026-11-25T03:10Z", "2026-11-26T03:10Z"]
    runs = [
        ProofRun.objects.create(
            at=day, users_checked=9, differences=0, rules_missing=0, seconds=1.5
        )
        for day in days
    ]
    assert listed(as_staff.get(list_url(ProofRun))) == runs[::-1]
