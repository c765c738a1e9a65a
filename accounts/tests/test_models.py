from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.devices import one_door
from accounts.models import AuthSession, User, level_for_xp
from accounts.tests.factories import PASSWORD, UserFactory
from tests.harness.clock import NOON
from tests.harness.database import breaks


def open_device(user, **changes):
    device = one_door.open_device(user=user).device
    AuthSession.objects.filter(pk=device.pk).update(**changes)
    device.refresh_from_db()
    return device


@pytest.mark.parametrize(
    ("xp", "level"),
    [
        (0, 1),
        (49, 1),
        (50, 1),
        (199, 1),
        (200, 2),
        (449, 2),
        (450, 3),
        # The examples of the seed.
        (1250, 5),
        (3200, 8),
        (5000, 10),
        (1249, 4),
        (3199, 7),
        (4999, 9),
        (2**31 - 1, 6553),
    ],
)
def test_level_for_xp_follows_the_seed(xp, level):
    assert level_for_xp(xp) == level


@given(st.integers(0, 10**30))
def test_level_for_xp_is_the_highest_that_is_earned(xp):
    level = level_for_xp(xp)
    assert level == 1 or 50 * level**2 <= xp
    assert xp < 50 * (level + 1) ** 2


@pytest.mark.row("D13")
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"username": "BOB_Build"}, "users_username_unique"),
        ({"email": "BOB@FocusGuard.com"}, "users_email_unique"),
        ({"username": "ab"}, "users_username_form"),
        ({"username": "alice focus"}, "users_username_form"),
        ({"username": "ａlice"}, "users_username_form"),
        ({"username": "alice\n"}, "users_username_form"),
        ({"username": "alice@home"}, "users_username_form"),
        ({"lvl": 0}, "users_lvl_positive"),
        ({"xp_points": -1}, "users_xp_not_negative"),
    ],
)
def test_users_table_refuses(alice, bob, change, constraint):
    with breaks(constraint):
        User.objects.filter(pk=alice.pk).update(**change)


@pytest.mark.row("D13")
@pytest.mark.django_db
def test_users_table_refuses_raw_sql_too(alice):
    with breaks("users_username_form"), connection.cursor() as cursor:
        cursor.execute("UPDATE users SET username = '<script>'")


@pytest.mark.row("D13")
@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": NOON, "revoked_reason": ""},
        {"revoked_at": None, "revoked_reason": "logout"},
    ],
)
def test_devices_table_refuses_half_a_revocation(alice, change):
    device = open_device(alice)
    with breaks("auth_sessions_revoked_with_reason"):
        AuthSession.objects.filter(pk=device.pk).update(**change)


@pytest.mark.row("D13")
@pytest.mark.django_db
def test_devices_table_refuses_a_device_of_nobody(alice):
    device = open_device(alice)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint "
            "WHERE conrelid = 'auth_sessions'::regclass AND contype = 'f'"
        )
        ((foreign_key,),) = cursor.fetchall()
        with breaks(foreign_key):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            AuthSession.objects.filter(pk=device.pk).update(user_id=device.pk)


@pytest.mark.parametrize(
    "identifier",
    ["alice_focus", "ALICE_Focus", "alice@focusguard.com", "Alice@FocusGuard.COM"],
)
def test_identified_by_takes_username_and_email_in_any_case(alice, bob, identifier):
    assert list(User.objects.identified_by(identifier)) == [alice]


@pytest.mark.parametrize(
    "identifier", ["", "alice", "alice_focus ", "%", "alice_focu_"]
)
def test_identified_by_matches_the_whole_name_only(alice, identifier):
    assert not User.objects.identified_by(identifier).exists()


def test_active_leaves_out_the_deactivated(alice, bob):
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert list(User.objects.active()) == [alice]


@pytest.mark.django_db
def test_create_user_hashes_the_password():
    user = User.objects.create_user("carol", "carol@focusguard.com", PASSWORD)
    assert user.password.startswith("bcrypt_sha256$")
    assert user.check_password(PASSWORD)
    assert not (user.is_staff or user.is_superuser)


@pytest.mark.django_db
def test_create_superuser_is_staff():
    user = User.objects.create_superuser("root_user", "r@focusguard.com", PASSWORD)
    assert user.is_staff and user.is_superuser


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", datetime(2026, 1, 18, 23, 59, tzinfo=UTC), date(2026, 1, 18)),
        (
            "Pacific/Kiritimati",
            datetime(2026, 1, 18, 10, 1, tzinfo=UTC),
            date(2026, 1, 19),
        ),
        ("Pacific/Niue", datetime(2026, 1, 18, 10, 59, tzinfo=UTC), date(2026, 1, 17)),
        (
            "Asia/Kathmandu",
            datetime(2026, 1, 18, 18, 14, tzinfo=UTC),
            date(2026, 1, 18),
        ),
        (
            "Asia/Kathmandu",
            datetime(2026, 1, 18, 18, 15, tzinfo=UTC),
            date(2026, 1, 19),
        ),
    ],
)
def test_local_date_is_the_day_where_the_user_lives(zone, moment, day):
    assert UserFactory.build(timezone=zone).local_date(moment) == day


def test_ids_are_version_7(alice):
    assert alice.pk.version == 7
    assert open_device(alice).pk.version == 7


def test_signed_in_lists_the_users_own_live_devices(alice, bob):
    here = open_device(alice)
    open_device(alice, revoked_at=NOON, revoked_reason="logout")
    open_device(alice, expires_at=timezone.now() - timedelta(seconds=1))
    open_device(bob)
    assert list(AuthSession.objects.signed_in(alice)) == [here]


def test_ended_before_takes_expired_and_revoked(alice):
    expired = open_device(alice, expires_at=NOON)
    revoked = open_device(alice, revoked_at=NOON, revoked_reason="logout")
    open_device(alice)
    moment = NOON + timedelta(seconds=1)
    assert set(AuthSession.objects.ended_before(moment)) == {expired, revoked}
    assert not AuthSession.objects.ended_before(NOON).exists()


def test_rows_name_themselves(alice):
    device = open_device(alice)
    assert (str(alice), str(device)) == ("alice_focus", str(device.pk))


def test_a_stranger_is_no_user():
    assert not isinstance(AnonymousUser(), User)
