"""The counts of the boards: right whoever writes, folds and recounts at the same time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts import services as accounts
from accounts.models import User
from accounts.tests.factories import UserFactory
from leaderboard import counting, selectors
from leaderboard.boards import BOARDS, FOCUS_TIME, SESSIONS, STREAK, XP, Entry
from leaderboard.models import RankChange, RankCount
from leaderboard.tests.factories import scorer
from local.processes import wait_until
from sessions_app import services as sessions
from sessions_app.models import FocusSession
from stats.models import UserStats
from tests.harness.clock import NOON
from tests.live.harness.stack import DEADLINE, database_url

pytestmark = pytest.mark.django_db

ADD_XP = "UPDATE users SET xp_points = xp_points + 10 WHERE id = %s"
ADD_STREAK = "UPDATE user_stats SET best_streak = best_streak + 1 WHERE user_id = %s"
HIDE = "UPDATE users SET leaderboard_visible = false WHERE id = %s"
SHOW = "UPDATE users SET leaderboard_visible = true WHERE id = %s"
RACES = pytest.mark.django_db(transaction=True)


def wrong():
    return [one for one in counting.compared() if one.counted != one.stored]


def pending():
    """Return the changes that wait, summed up by board and score."""
    summed = Counter()
    for board, score, users in RankChange.objects.values_list(
        "board", "score", "users"
    ):
        summed[board, score] += users
    return {(*place, users) for place, users in summed.items() if users}


@contextmanager
def elsewhere(*statements):
    """Run statements on another connection, which the block commits or leaves open."""
    with psycopg.connect(database_url()) as other:
        for statement, *params in statements:
            other.execute(statement, params)
        yield other


def waits(pid):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE pid = %s AND NOT granted)", [pid]
        )
        return cursor.fetchone()[0]


@contextmanager
def held_up(statement, *params):
    """Let another connection run and commit what has to wait until the block ends."""
    with psycopg.connect(database_url()) as other, ThreadPoolExecutor(1) as pool:
        done = pool.submit(other.execute, statement, params)
        assert wait_until(
            lambda: waits(other.info.backend_pid) or done.done(), seconds=DEADLINE
        )
        assert not done.done(), "it did not wait"
        yield
        done.result(DEADLINE)
        other.commit()


# What the triggers note


def test_a_score_that_moves_is_noted_as_one_fewer_and_one_more(alice):
    accounts.set_xp(user_id=alice.pk, xp=9)
    counting.fold()
    accounts.set_xp(user_id=alice.pk, xp=12)
    assert pending() == {(XP.number, 9, -1), (XP.number, 12, 1)}


def test_what_moves_no_score_is_not_noted():
    user = scorer(SESSIONS, 5)
    counting.fold()
    User.objects.filter(pk=user.pk).update(username="somebody_else", lvl=3)
    UserStats.objects.update(streak_zone="Asia/Tokyo")
    assert pending() == set()


def test_statement_that_adds_many_users_notes_each_score_once():
    people = [UserFactory.build(xp_points=5) for _ in range(5)]
    User.objects.bulk_create(people)
    assert [(change.score, change.users) for change in RankChange.objects.all()] == [
        (5, 5)
    ]


def test_statement_that_changes_many_users_is_noted_for_each():
    for _ in range(5):
        scorer(XP, 5)
    counting.fold()
    User.objects.update(xp_points=7)
    assert pending() == {(XP.number, 5, -5), (XP.number, 7, 5)}


@pytest.mark.parametrize(
    ("field", "listed"),
    [
        ("leaderboard_visible", True),
        ("is_active", True),
        ("awaits_verification", False),
    ],
)
def test_user_who_is_not_listed_any_more_is_taken_off_every_board(field, listed):
    user = scorer(SESSIONS, 5)
    User.objects.update(xp_points=4)
    counting.fold()
    User.objects.update(**{field: not listed})
    stats = UserStats.objects.get(user=user)
    taken = {
        (XP.number, 4, -1),
        (FOCUS_TIME.number, stats.total_focus_min, -1),
        (STREAK.number, stats.best_streak, -1),
        (SESSIONS.number, 5, -1),
    }
    assert pending() == taken
    UserStats.objects.update(total_sessions=6)
    assert pending() == taken
    User.objects.update(**{field: listed})
    assert wrong() == []


@pytest.mark.parametrize("tables", [("users", "user_stats"), ("user_stats", "users")])
def test_user_who_is_deleted_is_counted_out_in_whatever_order(tables):
    scorer(FOCUS_TIME, 5)
    User.objects.update(xp_points=5)
    counting.fold()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
    assert wrong() == []
    counting.fold()
    assert not RankCount.objects.exists()


# Folding


def test_fold_counts_every_level_and_forgets_the_changes():
    for score in (70_000, 70_000, 65_536, 300):
        scorer(XP, score)
    counting.fold()
    assert pending() == set()
    counted = RankCount.objects.values_list("level", "bucket", "users")
    assert set(counted) == {
        *((0, 70_000, 2), (0, 65_536, 1), (0, 300, 1)),
        *((1, 273, 2), (1, 256, 1), (1, 1, 1)),
        *((2, 1, 3), (2, 0, 1)),
    }


def test_fold_leaves_no_row_of_a_score_that_nobody_has_any_more(alice):
    for xp in (9, 12, 0):
        accounts.set_xp(user_id=alice.pk, xp=xp)
        counting.fold()
    assert not RankCount.objects.exists()


def test_fold_that_is_undone_leaves_everything(alice):
    accounts.set_xp(user_id=alice.pk, xp=9)
    with transaction.atomic():
        counting.fold()
        transaction.set_rollback(True)
    assert pending() == {(XP.number, 9, 1)}
    assert wrong() == []


@RACES
def test_two_completions_and_a_fold_at_once():
    """Caught: a fold that forgets the changes up to a number: this one commits late."""
    one, other = scorer(XP, 5), scorer(XP, 5)
    with (
        elsewhere((ADD_XP, one.pk)) as early,
        elsewhere((ADD_XP, other.pk)) as late,
    ):
        late.commit()
        counting.fold()
        early.commit()
    assert wrong() == []
    counting.fold()
    assert wrong() == []
    found = selectors.standings(XP, user_id=one.pk, limit=10, offset=0)
    assert [(entry.rank, entry.score) for entry in found.entries] == [(1, 15), (1, 15)]


@RACES
def test_change_that_commits_in_the_middle_of_a_fold_is_kept():
    """Caught: a fold of two statements, which deletes what it has not summed."""
    user, other = scorer(XP, 5), scorer(XP, 7)
    counting.fold()
    User.objects.filter(pk=user.pk).update(xp_points=6)
    with (
        elsewhere(("SELECT FROM rank_counts FOR UPDATE",)) as holder,
        held_up(f"{counting.ALONE}; {counting.FOLD}"),
    ):
        with elsewhere((ADD_XP, other.pk)) as writer:
            writer.commit()
        holder.rollback()
    assert pending() == {(XP.number, 7, -1), (XP.number, 17, 1)}
    assert wrong() == []


@RACES
@pytest.mark.parametrize("waiting", [counting.FOLD, counting.RECOUNT])
@pytest.mark.parametrize("running", [counting.FOLD, counting.RECOUNT])
def test_two_who_write_the_counts_at_once(running, waiting):
    """Caught: a lock that is taken after the snapshot, so that the second counts twice."""
    user = scorer(XP, 5)
    counting.fold()
    User.objects.filter(pk=user.pk).update(xp_points=6)
    with (
        elsewhere((counting.ALONE,), (running,)) as first,
        held_up(f"{counting.ALONE}; {waiting}"),
    ):
        assert wrong() == []
        first.commit()
    assert wrong() == []
    assert pending() == set()


@RACES
def test_board_is_read_while_a_fold_is_open():
    user = scorer(XP, 5)
    scorer(XP, 9)
    with elsewhere((counting.ALONE,), (counting.FOLD,)):
        found = selectors.standings(XP, user_id=user.pk, limit=10, offset=1)
        assert (found.own_rank, found.total, found.entries[0].rank) == (2, 2, 2)


# Recounting


def test_recount_repairs_whatever_is_wrong():
    scorer(XP, 5)
    counting.fold()
    RankCount.objects.filter(level=0).update(users=7)
    RankCount.objects.create(board=STREAK.number, level=1, bucket=3, users=1)
    RankChange.objects.all().delete()
    scorer(SESSIONS, 2)
    assert wrong() != []
    counting.recount()
    assert wrong() == []
    assert pending() == set()


@RACES
def test_recount_beside_a_change_that_is_not_committed_yet():
    user = scorer(XP, 5)
    with elsewhere((ADD_XP, user.pk)) as writer:
        counting.recount()
        writer.commit()
    assert pending() == {(XP.number, 5, -1), (XP.number, 15, 1)}
    assert wrong() == []


@RACES
def test_change_beside_a_recount_that_is_not_committed_yet():
    user = scorer(XP, 5)
    with elsewhere((counting.ALONE,), (counting.RECOUNT,)) as recounting:
        with elsewhere((ADD_XP, user.pk)) as writer:
            writer.commit()
        recounting.commit()
    assert wrong() == []


# Two transactions of one user


@RACES
@pytest.mark.parametrize("change", [HIDE, SHOW])
def test_figures_change_while_the_user_is_hidden_or_shown(change):
    """Caught: a trigger that believes its snapshot of whether the user is listed."""
    user = scorer(STREAK, 5, leaderboard_visible=change == HIDE)
    with (
        elsewhere((change, user.pk)) as toggling,
        held_up(ADD_STREAK, user.pk),
    ):
        toggling.commit()
    assert wrong() == []


@RACES
@pytest.mark.parametrize("change", [HIDE, SHOW])
def test_user_is_hidden_or_shown_while_figures_change(change):
    user = scorer(STREAK, 5, leaderboard_visible=change == HIDE)
    with (
        elsewhere((ADD_STREAK, user.pk)) as adding,
        held_up(change, user.pk),
    ):
        adding.commit()
    assert wrong() == []


@RACES
def test_change_that_is_rolled_back_was_never_there():
    user = scorer(XP, 5)
    counting.fold()
    with elsewhere((ADD_XP, user.pk), (HIDE, user.pk)) as writer:
        counting.fold()
        writer.rollback()
    assert pending() == set()
    assert wrong() == []


# Everything at random: what people and staff do; each takes the people and a number.
def complete(people, n):
    user, minutes = people[n % len(people)], n % 3 + 1
    start = NOON + timedelta(days=n % 4)
    if FocusSession.objects.for_user(user.pk).active().exists() or not user.is_active:
        return
    session = sessions.start_session(user_id=user.pk, duration_min=5, now=start)
    sessions.complete_session(
        user_id=user.pk, session_id=session.pk, now=start + timedelta(minutes=minutes)
    )


def delete_session(people, n):
    user = people[n % len(people)]
    last = FocusSession.objects.for_user(user.pk).last()
    if last and user.is_active:
        sessions.delete_session(user_id=user.pk, session_id=last.pk)


def hide_or_show(people, n):
    user = people[n % len(people)]
    visible = not User.objects.get(pk=user.pk).leaderboard_visible
    accounts.update_profile(
        user=user, changes={"leaderboard_visible": visible}, active_only=False
    )


def await_or_verify(people, n):
    user = User.objects.get(pk=people[n % len(people)].pk)
    User.objects.filter(pk=user.pk).update(
        awaits_verification=not user.awaits_verification
    )


def close_or_open(people, n):
    user = people[n % len(people)]
    if user.is_active:
        accounts.deactivate_user(user=user)
    else:
        accounts.reactivate_user(user=user)
    user.is_active = not user.is_active


def leave(people, n):
    if len(people) > 2:
        accounts.delete_account(user=people.pop(n % len(people)), active_only=False)


def join(people, n):
    people.append(UserFactory())


def by_hand(people, n):
    """A change that goes round the services, of many at once."""
    User.objects.filter(pk__in=[user.pk for user in people]).update(xp_points=n % 7)
    UserStats.objects.update(best_streak=5 + 300 * (n % 2))


def fold(people, n):
    counting.fold()


def recount(people, n):
    counting.recount()


DEEDS = [
    *(complete, complete, complete, delete_session, hide_or_show, close_or_open),
    *(await_or_verify, leave, join, by_hand, fold, fold, recount),
]
WRITES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 60)), min_size=1, max_size=15
)
EXAMPLES = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


@hypothesis_settings(max_examples=12, **EXAMPLES)
@given(deeds=WRITES)
def test_boards_are_those_of_the_tables_under_random_writes(deeds):
    agree_under(deeds)


@pytest.mark.slow
@hypothesis_settings(max_examples=80, **EXAMPLES)
@given(deeds=WRITES)
def test_boards_are_those_of_the_tables_under_many_random_writes(deeds):
    agree_under(deeds)


def agree_under(deeds):
    with transaction.atomic():
        people = [UserFactory() for _ in range(3)]
        for deed, n in deeds:
            deed(people, n)
            assert wrong() == []
            for board in BOARDS:
                listed = ranked_one_by_one(board)
                page = {"limit": 1 + n % 4, "offset": n % 3}
                for user in people:
                    found = selectors.standings(board, user_id=user.pk, **page)
                    first = page["offset"]
                    assert found.entries == listed[first : first + page["limit"]]
                    assert found.total == len(listed)
                    score = score_of(user, board)
                    above = sum(entry.score > score for entry in listed)
                    assert found.own_rank == (above + 1 if score else None)
        transaction.set_rollback(True)


def score_of(user, board):
    model, key = (User, "pk") if board.source == "users" else (UserStats, "user_id")
    found = model.objects.filter(**{key: user.pk}).values_list(board.figure, flat=True)
    return found.first() or 0


def ranked_one_by_one(board):
    users = User.objects.findable().filter(leaderboard_visible=True)
    scored = [(score_of(user, board), user) for user in users]
    scores = [score for score, _ in scored]
    return [
        Entry(
            1 + sum(other > score for other in scores),
            user.pk,
            user.username,
            user.lvl,
            None,
            score,
        )
        for score, user in sorted(scored, key=lambda one: (-one[0], one[1].pk))
        if score
    ]
