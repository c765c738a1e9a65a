from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from accounts.models import User
from accounts.tests.factories import UserFactory
from focusguard.db.tests.elsewhere import held_elsewhere
from sessions_app import services as session_services
from stats import services as stats_services
from stats.models import UserStats
from tests.harness.clock import NOON

pytestmark = pytest.mark.django_db


def run(*args, **options):
    """Run a command; return what it said and what it complained about."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*args, **options, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        return out.getvalue(), f"{err.getvalue()}{error}"
    assert err.getvalue() == ""
    return out.getvalue(), None


def focus(user, minutes=25, start=NOON):
    session = session_services.start_session(
        user_id=user.pk, duration_min=minutes, now=start
    )
    session_services.complete_session(
        user_id=user.pk, session_id=session.pk, now=start + timedelta(minutes=minutes)
    )


@pytest.fixture
def drifted(alice, bob):
    """Alice's total and XP are off; Bob's figures are right."""
    focus(alice)
    focus(bob)
    UserStats.objects.filter(user=alice).update(total_focus_min=99)
    User.objects.filter(pk=alice.pk).update(xp_points=450, lvl=3)
    return alice


def figures(user):
    """Return all that is stored of a user's focus."""
    user.refresh_from_db()
    return user.xp_points, user.lvl, *UserStats.objects.filter(user=user).values_list()


# verify_stats


def test_verify_stats_says_when_all_is_proven(alice, bob):
    focus(alice)
    assert run("verify_stats") == ("2 users checked, 0 differ, 0 rules missing\n", None)


def test_verify_stats_lists_each_difference_and_fails(drifted):
    out, failure = run("verify_stats")
    assert out.splitlines() == [
        f"{drifted.pk} xp_points: stored 450, logged 25",
        f"{drifted.pk} lvl: stored 3, logged 1",
        f"{drifted.pk} total_focus_min: stored 99, logged 25",
        "2 users checked, 1 differ, 0 rules missing",
    ]
    assert failure


def test_verify_stats_notices_a_missing_row(alice):
    focus(alice)
    UserStats.objects.all().delete()
    out, failure = run("verify_stats")
    assert f"{alice.pk} total_sessions: stored 0, logged 1" in out
    assert failure


def test_verify_stats_notices_a_rule_that_the_database_lost(alice):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX sessions_one_active_per_user")
    out, failure = run("verify_stats")
    assert "sessions_one_active_per_user" in out
    assert failure


def test_verify_stats_writes_nothing(drifted):
    before = figures(drifted)
    run("verify_stats")
    assert figures(drifted) == before


def test_verify_stats_is_silent_when_told_to(drifted, bob):
    out, failure = run("verify_stats", verbosity=0)
    assert out == ""
    assert failure


def test_verify_stats_reads_in_batches(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("stats.proof.BATCH_SIZE", 2)
    UserFactory.create_batch(5)
    # How many users; three batches and the empty one; the constraints.
    with django_assert_num_queries(6):
        out, _ = run("verify_stats")
    assert "5 users checked" in out


# rebuild_stats


def test_rebuild_stats_repairs_those_that_differ_and_only_those(drifted, bob):
    untouched = figures(bob)
    out, failure = run("rebuild_stats", all=True)
    assert out.splitlines()[-1] == "2 processed, 1 changed, 0 failed"
    assert failure is None
    assert figures(bob) == untouched
    assert run("verify_stats")[1] is None


def test_rebuild_stats_again_changes_nothing(drifted):
    run("rebuild_stats", all=True)
    before = figures(drifted)
    assert run("rebuild_stats", all=True) == (
        "2 processed, 0 changed, 0 failed\n",
        None,
    )
    assert figures(drifted) == before


@pytest.mark.parametrize("name", ["username", "email", "id"])
def test_rebuild_stats_repairs_the_one_named(drifted, bob, name):
    User.objects.filter(pk=bob.pk).update(xp_points=7)
    out, _ = run("rebuild_stats", user=str(getattr(drifted, name)))
    assert out.splitlines()[-1] == "1 processed, 1 changed, 0 failed"
    assert figures(drifted)[:2] == (25, 1)
    assert figures(bob)[0] == 7


def test_rebuild_stats_finds_a_username_that_looks_like_an_id():
    user = UserFactory(username="01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d", xp_points=7)
    run("rebuild_stats", user=user.username)
    assert figures(user)[0] == 0


def test_rebuild_stats_makes_a_missing_row(alice):
    focus(alice)
    right = figures(alice)[:2]
    UserStats.objects.all().delete()
    run("rebuild_stats", user="alice_focus")
    assert UserStats.objects.get(user=alice).total_sessions == 1
    assert figures(alice)[:2] == right


@pytest.mark.parametrize("selector", [{"all": True}, {"user": "alice_focus"}])
def test_rebuild_stats_dry_run_lists_and_writes_nothing(drifted, selector):
    before = figures(drifted)
    out, failure = run("rebuild_stats", dry_run=True, **selector)
    assert f"{drifted.pk} total_focus_min: 99 -> 25" in out
    assert out.endswith("1 would change, 0 failed\n")
    assert failure is None
    assert figures(drifted) == before


def test_rebuild_stats_asks_for_whom():
    assert "--user" in run("rebuild_stats")[1]
    assert "--all" in run("rebuild_stats")[1]


def test_rebuild_stats_refuses_both_selectors():
    assert "not allowed with" in run("rebuild_stats", "--all", "--user", "x")[1]


@pytest.mark.parametrize("name", ["nobody", "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d"])
def test_rebuild_stats_names_a_user_that_is_not_there(name):
    assert name in run("rebuild_stats", user=name)[1]


@pytest.mark.parametrize("size", ["0", "-1", "many", "1.5", "٣"])
def test_rebuild_stats_refuses_a_batch_size_that_is_none(size):
    assert "batch-size" in run("rebuild_stats", "--all", f"--batch-size={size}")[1]


def test_rebuild_stats_goes_on_after_a_failure(drifted, bob, monkeypatch):
    User.objects.filter(pk=bob.pk).update(xp_points=7)
    real = stats_services.rebuild_stats

    def fails_for_alice(*, user_id):
        if user_id == drifted.pk:
            raise DatabaseError("locked")
        return real(user_id=user_id)

    monkeypatch.setattr(stats_services, "rebuild_stats", fails_for_alice)
    out, failure = run("rebuild_stats", all=True)
    assert out.splitlines()[-1] == "2 processed, 1 changed, 1 failed"
    assert str(drifted.pk) in failure
    assert figures(bob)[0] == 25


def test_rebuild_stats_refuses_to_run_twice_at_once(drifted):
    before = figures(drifted)
    with held_elsewhere("rebuild_stats"):
        out, failure = run("rebuild_stats", all=True)
    assert (out, failure) == (
        "",
        "Another rebuild_stats is running; nothing was done.",
    )
    assert figures(drifted) == before


def test_rebuild_stats_is_silent_when_told_to(drifted):
    assert run("rebuild_stats", all=True, verbosity=0) == ("", None)
