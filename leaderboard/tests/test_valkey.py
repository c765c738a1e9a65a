"""The ranking in Valkey: never behind the tables, and never believed when it is."""

import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from redis.exceptions import ConnectionError

from accounts import services as accounts
from accounts.models import User
from accounts.tests.factories import UserFactory
from focusguard.counters import valkey
from leaderboard import boards, building, healing, proof, ranking
from leaderboard.models import Change, Ranking
from leaderboard.postgres import PostgresEngine
from leaderboard.ranking import Drained
from leaderboard.sorted_sets import SortedSets
from leaderboard.tests.factories import BOARDS, scorer
from leaderboard.valkey import ValkeyEngine
from sessions_app import services as sessions
from sessions_app.models import FocusSession
from stats.models import UserStats
from tests.live.stack import database_url

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 1, 18, 12, tzinfo=UTC)


@pytest.fixture
def healed(monkeypatch):
    """List what the engine asked to be healed, without a thread."""
    asked = []
    monkeypatch.setattr(healing, "start", lambda *, claimed: asked.append(claimed))
    return asked


@pytest.fixture
def engine(healed):
    """An engine over a ranking of nobody: what comes later comes as a change."""
    building.build()
    return ValkeyEngine()


@pytest.fixture
def sets(engine):
    return SortedSets(Ranking.objects.get().generation)


def scores(found):
    return [(entry.rank, entry.username, entry.score) for entry in found.entries]


def ask(engine, board=boards.XP, user=None, limit=100, offset=0):
    user_id = user.pk if user else uuid.UUID(int=0)
    return engine.standings(board, user_id=user_id, limit=limit, offset=offset)


@contextmanager
def elsewhere(sql, *params):
    """Let another connection run a statement, and not commit before the block ends."""
    with psycopg.connect(database_url()) as other:
        other.execute(sql, params)
        yield other


@contextmanager
def answered_by(monkeypatch, who):
    """Expect every answer in the block to come of Postgres, or of Valkey."""
    asked = []
    standings = PostgresEngine.standings

    def noted(engine, board, **query):
        asked.append(board)
        return standings(engine, board, **query)

    with monkeypatch.context() as patch:
        patch.setattr(PostgresEngine, "standings", noted)
        yield
    assert bool(asked) is (who == "postgres")


def test_two_statements_while_nothing_changes(settings, as_alice, engine):
    settings.BOARDS_IN_VALKEY = True
    scorer(boards.XP, 9)
    path = "/api/leaderboard/xp"
    first = as_alice.get(path).json()
    with CaptureQueriesContext(connection) as asked:
        assert as_alice.get(path).json() == first
    assert len(asked) == 2, [query["sql"] for query in asked]
    assert first["leaderboard"][0]["xp_points"] == 9


def test_answers_come_of_valkey(monkeypatch, engine):
    scorer(boards.XP, 9)
    with answered_by(monkeypatch, "valkey"):
        assert [entry.score for entry in ask(engine).entries] == [9]


# What people and staff do; each takes the people and a number to choose by.
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
    UserStats.objects.update(best_streak=5 + n % 2)


DEEDS = [
    *(complete, complete, complete, delete_session, hide_or_show, close_or_open),
    *(leave, join, by_hand),
]


WRITES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 60), st.booleans()),
    min_size=1,
    max_size=15,
)
EXAMPLES = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


@hypothesis_settings(max_examples=12, **EXAMPLES)
@given(deeds=WRITES)
def test_both_engines_answer_the_same_under_random_writes(deeds):
    """Caught: a board that is updated by events (changes by hand went unseen)."""
    answer_the_same_under(deeds)


@pytest.mark.slow
@hypothesis_settings(max_examples=80, **EXAMPLES)
@given(deeds=WRITES)
def test_both_engines_answer_the_same_under_many_random_writes(deeds):
    answer_the_same_under(deeds)


def answer_the_same_under(deeds):
    with transaction.atomic():
        people = [UserFactory() for _ in range(3)]
        building.build()
        both = [PostgresEngine(), ValkeyEngine()]
        for deed, n, look in [*deeds, (join, 0, True)]:
            deed(people, n)
            if not look:
                continue
            for board in BOARDS:
                for user in people:
                    page = {"limit": 1 + n % 4, "offset": n % 3}
                    right, told = (ask(engine, board, user, **page) for engine in both)
                    assert told == right
        assert ranking.look(people[0].pk, []).pending == 0
        assert list(proof.differences(lambda users: None)) == []
        transaction.set_rollback(True)


# What is noted


def test_nothing_is_noted_where_no_ranking_is_in_use(alice):
    accounts.set_xp(user_id=alice.pk, xp=9)
    assert not Change.objects.exists()


def test_nothing_is_noted_once_nobody_has_read_for_an_hour(engine, alice):
    ask(engine)
    Ranking.objects.update(recorded_until=NOON)
    accounts.set_xp(user_id=alice.pk, xp=9)
    assert not Change.objects.exists()


def test_ranking_that_nobody_read_for_an_hour_is_built_anew(
    monkeypatch, healed, engine
):
    Ranking.objects.update(recorded_until=NOON)
    scorer(boards.XP, 9)
    with answered_by(monkeypatch, "postgres"):
        assert [entry.score for entry in ask(engine).entries] == [9]
    assert healed == [False]


def test_reading_keeps_a_ranking_in_use(engine):
    soon = datetime.now(UTC) + timedelta(minutes=5)
    Ranking.objects.update(recorded_until=soon)
    ask(engine)
    assert Ranking.objects.get().recorded_until > soon + timedelta(minutes=50)


# A Valkey that is not what it was


def lose(sets):
    valkey.client().flushdb()


def evict(sets):
    valkey.client().unlink(sets._listed[0])


def go_back(sets):
    """Valkey came back as of a while ago, or another took its place."""
    client = valkey.client()
    kept = {key: client.dump(key) for key in sets._keys if client.exists(key)}
    accounts.set_xp(user_id=User.objects.get().pk, xp=77)
    assert ranking.drain(sets) is Drained.DONE
    client.unlink(*sets._keys)
    for key, value in kept.items():
        client.restore(key, 0, value)


@pytest.mark.row("F11")
@pytest.mark.parametrize("fault", [lose, evict, go_back])
def test_valkey_that_lost_something_is_not_believed(
    monkeypatch, healed, engine, sets, fault
):
    scorer(boards.XP, 9)
    ask(engine)
    fault(sets)
    expected = ask(PostgresEngine())
    with answered_by(monkeypatch, "postgres"):
        assert ask(engine) == expected
    assert healed == [False]
    building.catch_up()
    with answered_by(monkeypatch, "valkey"):
        assert ask(engine) == expected


def test_database_that_went_back_is_noticed(monkeypatch, healed, engine, sets):
    """A restored backup: Valkey is ahead of it, and nothing is pending."""
    scorer(boards.XP, 9)
    ask(engine)
    Ranking.objects.update(position=1)
    valkey.client().hset(sets._meta, "position", 10**9)
    with answered_by(monkeypatch, "postgres"):
        ask(engine)
    assert healed == [False]


def test_batch_that_valkey_did_not_take_stays_pending(monkeypatch, engine, alice):
    accounts.set_xp(user_id=alice.pk, xp=9)

    def away(*args, **options):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(SortedSets, "apply", away)
        assert [entry.score for entry in ask(engine).entries] == [9]
    assert Change.objects.exists()
    with answered_by(monkeypatch, "valkey"):
        assert [entry.score for entry in ask(engine).entries] == [9]
    assert not Change.objects.exists()


def test_batch_that_postgres_did_not_commit_is_taken_again(
    monkeypatch, engine, sets, alice
):
    accounts.set_xp(user_id=alice.pk, xp=9)
    with transaction.atomic():
        assert ranking.drain(sets) is Drained.DONE
        transaction.set_rollback(True)
    with answered_by(monkeypatch, "valkey"):
        assert [entry.score for entry in ask(engine).entries] == [9]


def test_batch_of_one_who_was_stopped_is_refused(engine, sets, alice):
    """A late batch is older than what another applied meanwhile."""
    accounts.set_xp(user_id=alice.pk, xp=9)
    stale = ranking.standings_of([alice.pk])
    position = Ranking.objects.get().position
    accounts.set_xp(user_id=alice.pk, xp=12)
    assert ranking.drain(sets) is Drained.DONE
    late = Ranking.objects.get().position - 1
    assert not sets.apply(stale, after=position, number=late)
    assert [entry.score for entry in ask(engine).entries] == [12]


def test_more_than_a_batch_is_caught_up_with_in_the_background(
    monkeypatch, healed, engine, alice
):
    Change.objects.bulk_create(
        Change(user_id=alice.pk) for _ in range(2 * ranking.BATCH)
    )
    with answered_by(monkeypatch, "postgres"):
        ask(engine)
    assert healed == [False]
    building.catch_up()
    with answered_by(monkeypatch, "valkey"):
        ask(engine)


@pytest.mark.django_db(transaction=True)
def test_own_change_is_seen_while_another_applies_changes(
    monkeypatch, engine, sets, alice, bob
):
    """Others' changes may come a moment late then; one's own may not."""
    ask(engine)
    with elsewhere("SELECT FROM leaderboard_ranking FOR UPDATE"):
        accounts.set_xp(user_id=alice.pk, xp=9)
        with answered_by(monkeypatch, "postgres"):
            assert ask(engine, user=alice).own_rank == 1
        with answered_by(monkeypatch, "valkey"):
            assert ask(engine, user=bob).entries == []
    assert ask(engine, user=bob).total == 1


# Building


def test_one_builds_at_a_time():
    ranking.claim()
    with pytest.raises(ranking.BuildRunning):
        building.build()


def test_builder_that_died_is_succeeded(alice):
    generation = ranking.claim()
    Ranking.objects.update(claimed_until=NOON)
    building.build()
    with pytest.raises(ranking.BuildRunning):
        ranking.keep_claim(generation)


def test_building_that_valkey_forgot_is_not_put_into_use(monkeypatch, alice):
    accounts.set_xp(user_id=alice.pk, xp=9)
    add = SortedSets.add

    def add_and_forget(sets, standings):
        add(sets, standings)
        valkey.client().zrem(sets._listed[0], alice.pk.bytes)

    monkeypatch.setattr(SortedSets, "add", add_and_forget)
    with pytest.raises(building.Interrupted):
        building.build()
    assert Ranking.objects.get().position is None


def test_building_frees_what_was_before(engine, sets, alice):
    accounts.set_xp(user_id=alice.pk, xp=9)
    ask(engine)
    building.build()
    assert not valkey.client().exists(*sets._keys)


@pytest.mark.django_db(transaction=True)
def test_building_waits_for_who_wrote_before_changes_were_noted(alice, monkeypatch):
    """Caught: figures of a transaction that was open when the building began."""
    keep_claim = ranking.keep_claim
    with elsewhere("UPDATE users SET xp_points = 5 WHERE id = %s", alice.pk) as writer:

        def first_sign_of_life(generation):
            writer.commit()
            keep_claim(generation)

        monkeypatch.setattr(ranking, "keep_claim", first_sign_of_life)
        building.build()
    with answered_by(monkeypatch, "valkey"):
        assert [entry.score for entry in ask(ValkeyEngine()).entries] == [5]
