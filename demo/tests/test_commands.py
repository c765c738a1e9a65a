from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from demo import load
from focusguard.db.tests.elsewhere import held_elsewhere
from garden.models import Plant
from sessions_app.models import Entry, FocusSession, Label
from stats.models import DayOff, FocusPlan, UserStats

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
TABLES = (User, Label, FocusSession, Entry, Plant, UserStats, FocusPlan, DayOff)


def seed(**options):
    """Run the command for 30 users and 20 days; return what it said."""
    out = StringIO()
    options = {"users": 30, "days": 20, "now": NOW} | options
    call_command("seed_demo", **options, stdout=out)
    return out.getvalue()


def refusal(**options):
    """Run the command; return the words and the code that it refused with."""
    with pytest.raises(CommandError) as refused:
        seed(**options)
    return str(refused.value), refused.value.returncode


def everything():
    return [list(model.objects.order_by("pk").values_list()) for model in TABLES]


def prove():
    call_command("verify_stats", stdout=StringIO())


@pytest.fixture
def passwords(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "green meadow 12")
    monkeypatch.setenv("STAFF_PASSWORD", "grey mountain 34")


def test_seed_adds_people_whose_figures_are_proven():
    out = seed()
    sessions, plants = FocusSession.objects.count(), Plant.objects.count()
    assert out.startswith(f"30 users, {sessions} sessions and {plants} plants added in")
    assert sessions > 100
    assert plants > 50
    assert User.objects.count() == 30
    prove()


def test_seed_keeps_every_rule_of_the_models():
    seed(users=10, days=60)
    for model in TABLES[1:]:
        rows = model.objects.all()
        assert rows, model
        for row in rows:
            row.validate_constraints()
            row.clean_fields(exclude=["pk", "user", "session", "label"])


def test_seed_makes_accounts_that_nobody_can_sign_in_to():
    seed()
    for user in User.objects.all():
        assert not user.has_usable_password()
        assert not user.is_staff
        assert user.email.split("@")[1] in ("example.com", "example.org")


def test_seed_makes_ids_of_the_time_of_their_row():
    seed()
    for model in (User, Label, FocusSession, Entry, Plant):
        for row in model.objects.all():
            assert row.pk.version == 7
            assert row.pk.int >> 80 == int(row.created_at.timestamp() * 1000)


def test_seed_again_gives_the_same_rows():
    seed()
    first = everything()
    User.objects.all().delete()
    seed()
    assert everything() == first


def test_seed_in_chunks_gives_the_same_rows(monkeypatch):
    seed()
    first = everything()
    User.objects.all().delete()
    monkeypatch.setattr(load, "CHUNK_USERS", 7)
    seed()
    assert everything() == first


def test_seed_takes_another_seed_beside_the_first():
    seed()
    seed(seed=2)
    assert User.objects.count() == 60
    prove()


def test_seed_refuses_people_who_are_there():
    seed()
    before = everything()
    words, code = refusal()
    assert "seed 1 are there already" in words
    assert code == 1
    assert everything() == before


def test_seed_refuses_a_name_that_differs_in_case_only():
    seed()
    user = User.objects.first()
    User.objects.exclude(pk=user.pk).delete()
    User.objects.update(username=user.username.upper())
    assert user.username in refusal()[0]


def test_seed_resumes_after_an_interrupt(monkeypatch):
    seed()
    whole = everything()
    User.objects.all().delete()
    monkeypatch.setattr(load, "CHUNK_USERS", 10)
    store, chunks = load.Batch.store, []

    def interrupted(batch):
        if len(chunks) == 2:
            raise KeyboardInterrupt
        chunks.append(batch)
        store(batch)

    with monkeypatch.context() as patch:
        patch.setattr(load.Batch, "store", interrupted)
        assert refusal() == ("Interrupted; 20 whole users were added.", 130)
    assert User.objects.count() == 20
    prove()
    assert seed(resume=True).startswith("10 users")
    assert everything() == whole


def test_seed_leaves_a_chunk_whole_or_not_at_all(monkeypatch):
    monkeypatch.setattr(load, "CHUNK_USERS", 10)
    copy = load._copy

    def fails_at_the_second_chunks_plants(cursor, table, columns, rows):
        if table == "garden" and Plant.objects.exists():
            raise KeyboardInterrupt
        copy(cursor, table, columns, rows)

    monkeypatch.setattr(load, "_copy", fails_at_the_second_chunks_plants)
    refusal()
    assert User.objects.count() == 10
    prove()


def test_seed_says_how_far_it_came_when_an_address_is_taken(monkeypatch):
    seed()
    email = User.objects.order_by("created_at").last().email
    User.objects.all().delete()
    User.objects.create_user("somebody", email)
    monkeypatch.setattr(load, "CHUNK_USERS", 10)
    words, code = refusal()
    assert words.startswith("Stopped after 20 whole users: ")
    assert code == 1
    assert User.objects.count() == 21


def test_seed_dry_run_counts_and_writes_nothing(passwords):
    out = seed(dry_run=True, demo_accounts=True)
    assert out.startswith("32 users, ")
    assert "would be added" in out
    assert everything() == [[] for _ in TABLES]


def test_seed_ends_in_the_present_when_not_told_otherwise():
    seed(now=None)
    assert not FocusSession.objects.filter(created_at__gt=datetime.now(UTC)).exists()
    assert FocusSession.objects.completed().exists()


def test_seed_refuses_the_future():
    assert "future" in refusal(now=datetime(2999, 1, 1, tzinfo=UTC))[0]


@pytest.mark.parametrize("now", ["yesterday", "2026-01-01", "2026-01-01T00:00:00"])
def test_seed_refuses_a_moment_that_is_none(now):
    with pytest.raises(CommandError, match="must be like"):
        call_command("seed_demo", "--users=1", "--days=1", f"--now={now}")


def test_seed_refuses_to_run_in_production(settings):
    settings.LOCAL_MODE = settings.DEBUG = False
    assert "--yes-really" in refusal()[0]
    assert not User.objects.exists()


def test_seed_runs_in_production_when_really_meant(settings):
    settings.LOCAL_MODE = settings.DEBUG = False
    seed(yes_really=True)
    assert User.objects.count() == 30


def test_seed_refuses_to_run_twice_at_once():
    with held_elsewhere("seed_demo"):
        assert "Another seed_demo" in refusal()[0]


def test_seed_is_silent_when_told_to():
    assert seed(verbosity=0) == ""


def test_seed_tells_the_planner():
    seed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'users'")
        assert cursor.fetchone() == (30,)


def test_seed_reads_its_moment_from_the_command_line():
    out = StringIO()
    call_command(
        "seed_demo", "--users=1", "--days=1", f"--now={NOW:%FT%TZ}", stdout=out
    )
    assert out.getvalue().startswith("1 users")
    assert User.objects.get().created_at < NOW


# demo and staff


def test_demo_accounts_can_sign_in_and_have_something_to_show(passwords, client):
    seed(users=0, demo_accounts=True, now=None)
    demo = User.objects.get(username="demo")
    assert demo.email == "demo@example.com"
    assert demo.check_password("green meadow 12")
    assert demo.stats.streaks.current(demo.local_date(datetime.now(UTC))) >= 11
    assert demo.lvl == 8
    assert demo.plants.count() > 30
    staff = User.objects.get(username="staff")
    assert staff.check_password("grey mountain 34")
    assert staff.is_staff
    assert staff.is_superuser
    prove()


def test_demo_accounts_name_the_variables_that_are_missing(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    monkeypatch.setenv("STAFF_PASSWORD", "")
    assert refusal(demo_accounts=True) == ("Set DEMO_PASSWORD and STAFF_PASSWORD.", 1)
    assert not User.objects.exists()


def test_demo_accounts_that_exist_are_left_alone(passwords):
    seed(users=0, demo_accounts=True)
    before = everything()
    out = seed(users=0, demo_accounts=True)
    assert "demo exists and stays as it is" in out
    assert "staff exists and stays as it is" in out
    assert everything() == before


def test_demo_accounts_that_exist_need_no_password(passwords, monkeypatch):
    seed(users=0, demo_accounts=True)
    monkeypatch.delenv("DEMO_PASSWORD")
    monkeypatch.delenv("STAFF_PASSWORD")
    seed(users=0, demo_accounts=True)


def test_demo_accounts_leave_another_users_address_alone(passwords):
    User.objects.create_user("somebody", "demo@example.com")
    seed(users=0, demo_accounts=True)
    assert not User.objects.filter(username="demo").exists()


def indexes_and_keys():
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT conrelid::regclass || ' ' || conname || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            ORDER BY 1
            """
        )
        return cursor.fetchall()


def test_bulk_gives_the_same_people_and_brings_every_index_back():
    before = indexes_and_keys()
    seed(bulk=True)
    assert indexes_and_keys() == before
    prove()
    bulk = everything()
    User.objects.all().delete()
    seed()
    assert everything() == bulk


def test_bulk_fills_an_empty_database_only():
    seed(users=2)
    before = everything(), indexes_and_keys()
    words, code = refusal(seed=2, bulk=True)
    assert "users has rows" in words
    assert code == 1
    assert (everything(), indexes_and_keys()) == before


def test_bulk_that_fails_leaves_nothing_and_every_index(monkeypatch):
    before = indexes_and_keys()

    def fail(person, rng, now):
        raise RuntimeError

    monkeypatch.setattr(load, "history", fail)
    with pytest.raises(RuntimeError):
        seed(bulk=True)
    assert indexes_and_keys() == before
    assert not User.objects.exists()
