"""A deleted account leaves nothing of its user, and takes nothing of anybody else's."""

import uuid
from datetime import UTC, datetime

import psycopg
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.devices import auth_services
from accounts.devices.one_door import Method
from accounts.tests.factories import PASSWORD, MailLinkFactory, UserFactory
from garden.models import Plant
from identity.models import TotpSecret
from identity.second_factor.first_step import begin
from identity.second_factor.recovery import make_codes
from identity.tests.tokens_of_programs import ApiTokenFactory
from importing.tests.factories import ImportFactory
from sessions_app.models import FocusSession
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
    many_sessions,
)
from stats.services import rebuild_stats
from tests.harness.places import places_of
from tests.live.harness.stack import database_url

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SESSIONS = 1_000
PLANTS_SQL = """
INSERT INTO garden (id, user_id, session_id, plant_num, plant_type, growth_stage,
                    state, created_at)
SELECT gen_random_uuid(), user_id, id, row_number() OVER (), 'Rose', 5, 'grown', ended_at
FROM sessions WHERE user_id = %s
"""

pytestmark = pytest.mark.django_db


def fill_the_past_of(user, sessions):
    """Give the user so many sessions, with a plant each; one by one takes seconds."""
    many_sessions(user, sessions, since=NOON)
    with connection.cursor() as cursor:
        # Not what is tried here: filling the tables, and judging the keys of that.
        cursor.execute("SET LOCAL statement_timeout = 0")
        # As if committed: autovacuum saw an empty table, and Postgres looked for each
        # session's key in all of it, for minutes. The lock keeps it away from now on.
        cursor.execute("ANALYZE sessions")
        cursor.execute(PLANTS_SQL, [user.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


@pytest.fixture
def as_heavy_user(sign_in, mail_on):
    """Sign in a user with a past: sessions, plants, devices, events, kept answers, mails."""
    user = UserFactory(username="heavy_user", email="heavy@focusguard.com")
    fill_the_past_of(user, SESSIONS)
    rebuild_stats(user_id=user.pk)
    client = sign_in(user)
    for password in (PASSWORD, "not it"):
        client.post("/api/auth/login", {"username": "heavy_user", "password": password})
    client.post("/api/sessions", {}, headers={"Idempotency-Key": "one"})
    client.put("/api/plan", {"daily_min": 60})
    today = str(timezone.now().date())
    client.put("/api/days-off", {"from": today, "to": today, "kind": "ill"})
    client.put("/api/users/me", {"email": "heavy_user@focusguard.org"})
    client.patch("/api/users/me/preferences", {"theme": "dark"})
    client.post("/api/auth/password/forgot", {"email": user.email})
    MailLinkFactory(user=user)
    ApiTokenFactory(user=user, name="heavy_user's script")
    TotpSecret.objects.create(user=user, secret=b"sealed", created_at=NOON)
    make_codes(user)
    begin(user, Method.PASSWORD)
    label = LabelFactory(user=user, name="heavy_user's")
    EntryFactory.create_batch(3, user=user, label=label, note="by heavy_user")
    ImportFactory(user=user, raw=b"date,minutes,note\n2026-01-02,25,by heavy_user\n")
    FocusSession.objects.active().update(label=label, note="by heavy_user")
    client.user = user
    return client


@pytest.fixture
def bystander(bob, sign_in):
    label = LabelFactory(user=bob)
    FocusSessionFactory(user=bob, created_at=NOON, done=True, label=label)
    EntryFactory(user=bob, label=label)
    rebuild_stats(user_id=bob.pk)
    sign_in(bob)
    return bob


def rows_of(user):
    """Return the rows of a user in all tables, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT u::text FROM users u WHERE id = %s", [user.pk])
        rows = cursor.fetchall()
        for table in ("auth_sessions", "sessions", "user_stats", "labels", "entries"):
            cursor.execute(
                f"SELECT t::text FROM {table} t WHERE user_id = %s", [user.pk]
            )
            rows += cursor.fetchall()
    return rows


def traces(user):
    return ("heavy_user", "heavy@focusguard.com", str(user.pk), user.pk.hex)


@pytest.mark.row("D04")
def test_own_deletion_leaves_no_trace(as_heavy_user, bystander):
    before = rows_of(bystander)
    user = as_heavy_user.user
    assert len(places_of(*traces(user))) >= 10
    assert as_heavy_user.delete("/api/users/me").status_code == 204
    assert places_of(*traces(user)) == set()
    assert rows_of(bystander) == before


@pytest.mark.row("D04")
def test_deletion_by_staff_leaves_no_trace(as_staff, as_heavy_user, bystander):
    user = as_heavy_user.user
    users = reverse("admin:accounts_user_changelist")
    chosen = {"_selected_action": [str(user.pk)]}
    as_staff.post(users, {"action": "sign_out_everywhere"} | chosen)
    as_staff.post(users, {"action": "deactivate"} | chosen)
    running = FocusSession.objects.active().get()
    as_staff.post(
        reverse("admin:sessions_app_focussession_changelist"),
        {"action": "abandon", "_selected_action": [str(running.pk)]},
    )
    assert LogEntry.objects.filter(action_flag=CHANGE).count() == 3
    page = reverse("admin:accounts_user_delete", args=[user.pk])
    assert as_staff.post(page, {"post": "yes"}).status_code == 302
    assert places_of(*traces(user), str(running.pk)) == set()


def test_deletion_of_staff_leaves_no_trace(as_heavy_user, bystander):
    user = as_heavy_user.user
    services.set_staff_access(user=user, is_staff=True, groups=[])
    services.deactivate_user(user=bystander, by=user)
    auth_services.log_out_everywhere(user=bystander, by=user)
    services.delete_account(user=user)
    assert places_of(*traces(user)) == set()
    assert bystander.security_events.count() == 2


def test_scan_finds_a_trace_wherever_it_is(alice):
    trace = str(uuid.uuid4())
    LogEntry.objects.create(
        user=alice, object_repr=f"about {trace}", action_flag=CHANGE
    )
    assert places_of(trace) == {"django_admin_log.object_repr"}


# More rows than Postgres takes parameters.
MANY = 66_000


def test_deletion_of_a_large_account_leaves_nothing(alice, bystander):
    before = rows_of(bystander)
    fill_the_past_of(alice, MANY)
    with psycopg.connect(database_url(), autocommit=True) as autovacuum:
        # It sees none of the rows yet, and by such statistics 2,000 took 20 seconds.
        autovacuum.execute("ANALYZE garden")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '5s'")  # production's
    services.delete_account(user=alice)
    assert FocusSession.objects.count() == 1
    assert not Plant.objects.exists()
    assert rows_of(bystander) == before
