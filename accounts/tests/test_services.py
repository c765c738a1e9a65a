import uuid

import pytest
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.hashers import BCryptSHA256PasswordHasher, make_password
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection

from accounts import services
from accounts.devices import auth_services, ending, one_door
from accounts.exceptions import EmailTaken, TokenInvalid, UsernameTaken, WrongPassword
from accounts.models import AuthSession, SecurityEvent, User
from accounts.tests.factories import PASSWORD, UserFactory
from accounts.user_lock import lock_user
from garden.tests.factories import PlantFactory
from stats.models import UserStats
from stats.tests.factories import UserStatsFactory

NEW_PASSWORD = "staple battery horse"

pytestmark = pytest.mark.django_db


def fail(*args, **kwargs):
    raise DatabaseError("the disk is full")


@pytest.fixture
def devices(alice):
    """Two devices of Alice; a device is what a sign-in opened."""
    return [one_door.open_device(user=alice).device for _ in range(2)]


def reasons(*devices):
    for device in devices:
        device.refresh_from_db()
    return [device.revoked_reason for device in devices]


def register(**changes):
    account = {
        "username": "carol",
        "email": "carol@focusguard.com",
        "password": PASSWORD,
    }
    return services.register(**account | changes)


def change_password(user, current=PASSWORD, keep=None):
    services.change_password(
        user=user,
        current_password=current,
        new_password=NEW_PASSWORD,
        keep_device_id=keep,
        address="192.0.2.1",
    )


def test_register_makes_a_user_on_a_device():
    made = register(timezone="Asia/Tokyo")
    user = User.objects.get(username="carol")
    assert (user.lvl, user.xp_points, user.timezone) == (1, 0, "Asia/Tokyo")
    assert user.check_password(PASSWORD)
    device = AuthSession.objects.get(user=user)
    assert made.device == device


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"username": "ALICE_focus"}, UsernameTaken),
        ({"email": "Alice@FocusGuard.com"}, EmailTaken),
    ],
)
def test_register_refuses_a_taken_name_in_any_case(alice, changes, error):
    with pytest.raises(error):
        register(**changes)
    assert list(User.objects.all()) == [alice]
    assert not AuthSession.objects.exists()


def test_register_hashes_before_it_looks_at_names(alice, monkeypatch):
    hashed = []
    real = services.make_password
    monkeypatch.setattr(
        services, "make_password", lambda raw: hashed.append(raw) or real(raw)
    )
    with pytest.raises(UsernameTaken):
        register(username="alice_focus")
    assert hashed == [PASSWORD]


def test_register_leaves_no_user_without_a_device(monkeypatch):
    monkeypatch.setattr(one_door, "open_device", fail)
    with pytest.raises(DatabaseError):
        register()
    assert not User.objects.exists()


def test_lock_user_refuses_the_deactivated_unless_told(alice):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    with pytest.raises(TokenInvalid):
        lock_user(alice.pk)
    assert lock_user(alice.pk, active_only=False) == alice


def test_lock_user_refuses_the_deleted():
    with pytest.raises(TokenInvalid):
        lock_user(uuid.uuid4(), active_only=False)


def test_update_profile_changes_what_is_given(alice):
    before = alice.updated_at
    user = services.update_profile(user=alice, changes={"timezone": "Asia/Tokyo"})
    user.refresh_from_db()
    assert (user.timezone, user.username) == ("Asia/Tokyo", "alice_focus")
    assert user.updated_at > before


def test_update_profile_with_nothing_writes_nothing(alice, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert services.update_profile(user=alice, changes={}) is alice


def test_update_profile_lets_users_change_the_case_of_their_name(alice):
    services.update_profile(user=alice, changes={"username": "Alice_Focus"})
    alice.refresh_from_db()
    assert alice.username == "Alice_Focus"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"username": "BOB_build"}, UsernameTaken),
        ({"email": "Bob@FocusGuard.com"}, EmailTaken),
    ],
)
def test_update_profile_refused_changes_nothing(alice, bob, changes, error):
    with pytest.raises(error):
        services.update_profile(
            user=alice, changes={"timezone": "Asia/Tokyo"} | changes
        )
    alice.refresh_from_db()
    assert (alice.timezone, alice.username) == ("UTC", "alice_focus")


@pytest.mark.parametrize("field", ["is_staff", "lvl", "password", "id"])
def test_update_profile_refuses_what_is_no_profile(alice, field):
    with pytest.raises(ValueError, match=field):
        services.update_profile(user=alice, changes={field: 1})


def test_change_password_ends_all_devices_but_the_one_that_asks(alice, devices):
    here, there = devices
    change_password(alice, keep=here.pk)
    alice.refresh_from_db()
    assert alice.check_password(NEW_PASSWORD)
    assert reasons(here, there) == ["", "password"]


def test_change_password_without_a_device_ends_them_all(alice, devices):
    change_password(alice)
    assert reasons(*devices) == ["password", "password"]


def test_change_password_refuses_a_wrong_one(alice, devices):
    with pytest.raises(WrongPassword):
        change_password(alice, current="not it")
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    assert reasons(*devices) == ["", ""]


def test_change_password_keeps_the_old_one_when_devices_cannot_be_ended(
    alice, monkeypatch
):
    monkeypatch.setattr(ending, "revoke_devices", fail)
    with pytest.raises(DatabaseError):
        change_password(alice)
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


@pytest.mark.parametrize(("xp", "level"), [(0, 1), (1250, 5), (199, 1)])
def test_set_xp_stores_the_level_that_follows(alice, xp, level):
    services.set_xp(user_id=alice.pk, xp=xp)
    alice.refresh_from_db()
    assert (alice.xp_points, alice.lvl) == (xp, level)


def test_delete_account_takes_everything_along(alice, bob, devices):
    PlantFactory(session__user=alice)
    UserStatsFactory(user=alice)
    kept = PlantFactory(session__user=bob)
    services.delete_account(user=alice)
    assert list(User.objects.all()) == [bob]
    assert not AuthSession.objects.exists()
    assert list(bob.focus_sessions.all()) == [kept.session]
    assert not UserStats.objects.exists()


def test_delete_account_refuses_the_deactivated_unless_staff_ask(alice):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    with pytest.raises(TokenInvalid):
        services.delete_account(user=alice)
    services.delete_account(user=alice, active_only=False)
    assert not User.objects.exists()


def test_delete_account_that_fails_deletes_nothing(alice, devices, monkeypatch):
    plant = PlantFactory(session__user=alice)

    def delete_then_fail(user):
        plant.delete()
        fail()

    monkeypatch.setattr(User, "delete", delete_then_fail)
    with pytest.raises(DatabaseError):
        services.delete_account(user=alice)
    assert alice.focus_sessions.get().plant.plant_type == "Rose"


def test_deactivate_user_closes_the_account_and_its_devices(alice, devices):
    services.deactivate_user(user=alice)
    alice.refresh_from_db()
    assert not alice.is_active
    assert reasons(*devices) == ["staff", "staff"]


def test_deactivate_user_that_fails_leaves_the_account_open(alice, monkeypatch):
    monkeypatch.setattr(ending, "revoke_devices", fail)
    with pytest.raises(DatabaseError):
        services.deactivate_user(user=alice)
    alice.refresh_from_db()
    assert alice.is_active


def test_deactivate_user_refuses_the_deactivated(alice):
    services.deactivate_user(user=alice)
    with pytest.raises(TokenInvalid):
        services.deactivate_user(user=alice)


def test_reactivate_user_opens_the_account_but_no_device(alice, devices):
    services.deactivate_user(user=alice)
    services.reactivate_user(user=alice)
    alice.refresh_from_db()
    assert alice.is_active
    assert reasons(*devices) == ["staff", "staff"]


def test_set_staff_access_sets_flag_and_groups(alice):
    group = Group.objects.create(name="gardeners")
    services.set_staff_access(user=alice, is_staff=True, groups=[group])
    alice.refresh_from_db()
    assert alice.is_staff
    assert list(alice.groups.all()) == [group]


def test_set_staff_access_that_fails_changes_nothing(alice):
    with pytest.raises(ValueError, match="Group: x"):
        services.set_staff_access(user=alice, is_staff=True, groups=[Group(name="x")])
    alice.refresh_from_db()
    assert not alice.is_staff


@pytest.mark.parametrize(
    "service", [services.reactivate_user, services.deactivate_user]
)
def test_staff_services_refuse_a_deleted_user(service):
    with pytest.raises(TokenInvalid):
        service(user=UserFactory.build())


def test_change_password_refuses_a_hash_that_was_changed_meanwhile(alice, devices):
    as_it_was = User.objects.get()
    change_password(alice, keep=devices[0].pk)
    with pytest.raises(WrongPassword):
        services.change_password(
            user=as_it_was,
            current_password=PASSWORD,
            new_password="the password of a thief",
            keep_device_id=devices[0].pk,
            address="192.0.2.1",
        )
    alice.refresh_from_db()
    assert alice.check_password(NEW_PASSWORD)


def test_change_password_refuses_a_device_that_ended_meanwhile(alice, devices):
    auth_services.log_out_device(user=alice, device_id=devices[0].pk)
    with pytest.raises(TokenInvalid):
        change_password(alice, keep=devices[0].pk)
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_staff_signed_out_everywhere_meanwhile_change_no_password(alice):
    as_it_was = User.objects.get()
    auth_services.log_out_everywhere(user=alice)
    with pytest.raises(TokenInvalid):
        change_password(as_it_was)


def test_set_password_ends_every_device_and_opens_a_deactivated_account_no_more(
    alice, devices
):
    User.objects.update(is_active=False)
    services.set_password(user=alice, new_password=NEW_PASSWORD)
    alice.refresh_from_db()
    assert alice.check_password(NEW_PASSWORD)
    assert not alice.is_active
    assert reasons(*devices) == ["password", "password"]


def test_weaker_hash_is_replaced_without_a_word(alice, devices, monkeypatch):
    monkeypatch.setattr(BCryptSHA256PasswordHasher, "rounds", 5)
    weaker = alice.password
    assert alice.check_password(PASSWORD)
    stored = User.objects.get().password
    assert stored == alice.password != weaker
    assert reasons(*devices) == ["", ""]
    assert not SecurityEvent.objects.exists()


def test_weaker_hash_of_a_password_changed_meanwhile_does_not_come_back(
    alice, monkeypatch
):
    as_it_was = User.objects.get()
    change_password(alice)
    monkeypatch.setattr(BCryptSHA256PasswordHasher, "rounds", 5)
    assert as_it_was.check_password(PASSWORD)
    assert not User.objects.get().check_password(PASSWORD)


def by_django(user):
    user.set_password(NEW_PASSWORD)
    user.save()


def by_a_form(user):
    passwords = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    form = SetPasswordForm(user, passwords)
    assert form.is_valid()
    form.save()


def by_sql(user):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE users SET password = 'x' WHERE id = %s", [user.pk])


@pytest.mark.parametrize(
    "write",
    [
        by_django,
        by_a_form,
        by_sql,
        lambda user: User.objects.update(password=make_password(NEW_PASSWORD)),
    ],
)
def test_hash_changed_on_any_other_way_ends_the_devices_and_is_written_down(
    alice, bob, devices, write
):
    kept = one_door.open_device(user=bob).device
    bob_before = User.objects.filter(pk=bob.pk).values("password").get()
    write(alice)
    assert reasons(*devices) == ["password", "password"]
    assert (SecurityEvent.Kind.PASSWORD_CHANGED, alice.pk) in list(
        SecurityEvent.objects.values_list("kind", "user_id")
    )
    if User.objects.filter(pk=bob.pk).values("password").get() == bob_before:
        assert reasons(kept) == [""]


def test_row_saved_as_it_was_ends_nothing(alice, devices):
    alice.save()
    assert reasons(*devices) == ["", ""]
    assert not SecurityEvent.objects.exists()
