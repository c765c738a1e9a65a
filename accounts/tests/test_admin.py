from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.models import CASCADE
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services
from accounts.admin import UserAdmin
from accounts.devices import one_door
from accounts.forms import ProfileForm
from accounts.models import AuthSession, SecurityEvent, User
from accounts.tests.factories import UserFactory
from accounts.tests.staff import (
    list_url,
    listed,
    log_of,
    page_url,
    run_action,
    said,
    staff_with,
)
from tests.harness.statements import statements

pytestmark = pytest.mark.django_db


def open_device(user, **kwargs):
    return one_door.open_device(user=user, **kwargs)


def form_of(response):
    """Return the form as the page shows it, which a browser would send back."""
    form = response.context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in shown.items() if value is not False}
    data |= {
        "groups": [getattr(group, "pk", group) for group in shown.get("groups", [])]
    }
    for inline in response.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        data[f"{prefix}-TOTAL_FORMS"] = inline.formset.total_form_count()
        data[f"{prefix}-INITIAL_FORMS"] = inline.formset.initial_form_count()
    return data


def save(client, user, **changes):
    data = form_of(client.get(page_url(user))) | changes
    return client.post(page_url(user), data, follow=True)


def test_list_queries_do_not_grow_with_the_users(as_staff):
    UserFactory.create_batch(2)
    few = statements(as_staff, list_url(User))
    UserFactory.create_batch(60)
    # session, staff user, capped count, the page of rows with their stats
    assert statements(as_staff, list_url(User)) == few == 4


@pytest.mark.parametrize("query", ["ALICE_f", "alice@FOCUS", "  alice_focus"])
def test_search_finds_by_the_start_of_a_name_in_any_case(as_staff, alice, bob, query):
    assert listed(as_staff.get(list_url(User), {"q": query})) == [alice]


def test_search_finds_by_a_whole_id(as_staff, alice, bob):
    assert listed(as_staff.get(list_url(User), {"q": str(alice.pk)})) == [alice]


def test_search_by_prefix_uses_the_indexes(alice):
    users = User.objects.filter(username__istartswith="ali")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "users_username_prefix" in users.explain()


def test_state_filter_tells_active_deactivated_and_staff_apart(
    as_staff, ada, alice, bob
):
    services.deactivate_user(user=bob)
    found = {
        state: set(listed(as_staff.get(list_url(User), {"state": state})))
        for state in ("active", "deactivated", "staff")
    }
    assert found == {"active": {ada, alice}, "deactivated": {bob}, "staff": {ada}}


def test_level_filter_takes_bands_with_both_ends(as_staff, ada):
    levels = (2, 4, 5, 9, 10, 19, 20, 99)
    users = {lvl: UserFactory(lvl=lvl) for lvl in levels}
    found = {
        band: {
            user.lvl for user in listed(as_staff.get(list_url(User), {"level": band}))
        }
        for band in ("1", "2-4", "5-9", "10-19", "20+", "nonsense")
    }
    assert found == {
        "1": {1},
        "2-4": {2, 4},
        "5-9": {5, 9},
        "10-19": {10, 19},
        "20+": {20, 99},
        "nonsense": {1, *users},
    }


def test_user_page_shows_the_newest_twenty_devices_and_no_secret(as_staff, alice):
    now = timezone.now()
    devices = [open_device(alice, now=now + timedelta(minutes=n)) for n in range(23)]
    page = as_staff.get(page_url(alice))
    inline = next(
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.model is AuthSession
    )
    shown = [form.instance.pk for form in inline]
    assert shown == [signed_in.device.pk for signed_in in reversed(devices)][:20]
    html = page.content.decode()
    assert alice.password not in html
    assert str(devices[-1].device.current_jti) not in html


def test_user_page_queries_do_not_grow_with_the_devices(as_staff, alice):
    open_device(alice)
    page = page_url(alice)
    statements(as_staff, page)  # the first look also learns the content types
    few = statements(as_staff, page)
    for _ in range(10):
        open_device(alice)
    assert statements(as_staff, page) == few


def test_saving_changes_the_profile_and_is_logged(as_staff, alice):
    save(as_staff, alice, email="new@focusguard.com", timezone="Asia/Tokyo")
    alice.refresh_from_db()
    assert (alice.email, alice.timezone) == ("new@focusguard.com", "Asia/Tokyo")
    assert log_of(alice) == ["Changed Email and Timezone."]


def test_saving_never_writes_what_the_system_keeps(as_staff, alice):
    page = form_of(as_staff.get(page_url(alice)))
    services.set_xp(user_id=alice.pk, xp=1250)
    as_staff.post(
        page_url(alice),
        page
        | {
            "email": "new@a.test",
            "lvl": 99,
            "xp_points": 1,
            "is_active": "",
            "is_superuser": "on",
        },
    )
    alice.refresh_from_db()
    assert (alice.email, alice.lvl, alice.xp_points) == ("new@a.test", 5, 1250)
    assert alice.is_active and not alice.is_superuser


def test_saving_works_while_a_device_signs_in_or_is_pruned(as_staff, alice):
    first, _ = open_device(alice), open_device(alice)
    page = form_of(as_staff.get(page_url(alice)))
    AuthSession.objects.exclude(pk=first.device.pk).delete()
    as_staff.post(page_url(alice), page | {"email": "one@a.test"})
    open_device(alice)
    open_device(alice)
    as_staff.post(page_url(alice), page | {"email": "two@a.test"})
    alice.refresh_from_db()
    assert alice.email == "two@a.test"


def test_saving_works_for_a_deactivated_account(as_staff, alice):
    services.deactivate_user(user=alice)
    save(as_staff, alice, username="alice_closed")
    alice.refresh_from_db()
    assert (alice.username, alice.is_active) == ("alice_closed", False)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("username", "BOB_BUILD", "This username is taken."),
        ("email", "Bob@FocusGuard.com", "This e-mail address is taken."),
        ("username", "no spaces", "Use 3 to 50 of A-Z a-z 0-9 _ -"),
        ("timezone", "Mars/Olympus", None),
    ],
)
def test_saving_refuses_beside_the_field(as_staff, alice, bob, field, value, message):
    answer = save(as_staff, alice, **{field: value})
    errors = answer.context["adminform"].form.errors
    assert list(errors) == [field]
    assert message is None or errors[field] == [message]
    alice.refresh_from_db()
    assert getattr(alice, field) != value


def test_saving_tells_of_a_name_that_was_taken_meanwhile(as_staff, alice, monkeypatch):
    judge = ProfileForm._post_clean

    def judge_too_early(form):
        judge(form)
        UserFactory(username="swift_rival")

    page = form_of(as_staff.get(page_url(alice)))
    with monkeypatch.context() as patched:
        patched.setattr(ProfileForm, "_post_clean", judge_too_early)
        answer = as_staff.post(page_url(alice), page | {"username": "swift_rival"})
    assert answer.status_code == 302
    assert said(as_staff.get(page_url(alice))) == ["This username is taken."]
    assert log_of(alice) == []
    alice.refresh_from_db()
    assert alice.username == "alice_focus"


def test_sign_out_everywhere_ends_every_device_and_is_logged(as_staff, alice, bob):
    open_device(alice)
    open_device(alice)
    others = open_device(bob)
    answer = run_action(as_staff, "sign_out_everywhere", alice)
    assert said(answer) == ["Signed out everywhere: 1"]
    reasons = AuthSession.objects.filter(user=alice).values_list(
        "revoked_reason", flat=True
    )
    assert list(reasons) == ["staff", "staff"]
    assert AuthSession.objects.live().get() == others.device
    assert log_of(alice) == ["Signed out everywhere; devices ended: 2."]


def test_deactivate_closes_accounts_and_is_logged(as_staff, alice, bob):
    open_device(alice)
    answer = run_action(as_staff, "deactivate", alice, bob)
    assert said(answer) == ["Deactivated: 2"]
    assert not User.objects.active().filter(pk__in=[alice.pk, bob.pk]).exists()
    assert not AuthSession.objects.live().exists()
    assert log_of(alice) == log_of(bob) == ["Deactivated."]


def test_deactivate_goes_on_past_what_is_refused(as_staff, ada, alice, bob):
    services.deactivate_user(user=bob)
    answer = run_action(as_staff, "deactivate", alice, bob, ada)
    assert sorted(said(answer)) == [
        "Deactivated: 1",
        "ada_admin: You cannot deactivate yourself.",
        "bob_build: The account is deactivated already.",
    ]
    ada.refresh_from_db()
    assert ada.is_active
    assert log_of(bob) == log_of(ada) == []


def test_reactivate_opens_the_account_but_no_device(as_staff, alice, bob):
    open_device(alice)
    services.deactivate_user(user=alice)
    answer = run_action(as_staff, "reactivate", alice, bob)
    assert "bob_build: The account is active." in said(answer)
    alice.refresh_from_db()
    assert alice.is_active
    assert not AuthSession.objects.live().exists()
    assert log_of(alice) == ["Activated again."]


def test_an_action_reaches_only_the_ticked_rows(as_staff, alice, bob):
    run_action(as_staff, "deactivate", alice, select_across="1")
    bob.refresh_from_db()
    assert bob.is_active


def test_no_action_deletes_rows(as_staff, alice):
    run_action(as_staff, "delete_selected", alice, post="yes")
    assert User.objects.filter(pk=alice.pk).exists()


def test_view_only_staff_sees_but_cannot_act(client, alice):
    client.force_login(staff_with("view_user", "view_authsession"))
    page = client.get(list_url(User))
    assert alice in listed(page)
    assert 'value="deactivate"' not in page.content.decode()
    run_action(client, "deactivate", alice)
    refused = client.post(page_url(alice), {"username": "changed"})
    alice.refresh_from_db()
    assert alice.is_active and alice.username == "alice_focus"
    assert refused.status_code == 403
    assert client.get(page_url(alice)).status_code == 200
    assert client.get(page_url(alice, "delete")).status_code == 403


def test_staff_without_permissions_sees_nothing(client, alice):
    client.force_login(staff_with())
    assert client.get(list_url(User)).status_code == 403
    assert client.get(page_url(alice)).status_code == 403


def test_staff_cannot_reach_other_staff(client, ada, alice):
    me = staff_with("view_user", "change_user", "delete_user")
    client.force_login(me)
    for action in ("sign_out_everywhere", "deactivate", "reactivate"):
        answer = run_action(client, action, ada)
        assert said(answer) == [
            "ada_admin: Only superusers act on accounts of the staff."
        ]
    assert client.post(page_url(ada), {"email": "mine@a.test"}).status_code == 403
    assert client.get(page_url(ada, "delete")).status_code == 403
    save(client, alice, email="moved@a.test")
    alice.refresh_from_db()
    assert alice.email == "moved@a.test"


def test_staff_cannot_give_staff_access(client, alice):
    me = staff_with("view_user", "change_user")
    client.force_login(me)
    save(client, alice, is_staff="on")
    save(client, me, is_superuser="on")
    for user in (alice, me):
        user.refresh_from_db()
    assert not alice.is_staff and not me.is_superuser


def test_superuser_gives_and_takes_staff_access(as_staff, alice):
    support = Group.objects.create(name="support")
    save(as_staff, alice, is_staff="on", groups=[support.pk])
    alice.refresh_from_db()
    assert alice.is_staff and list(alice.groups.all()) == [support]
    data = form_of(as_staff.get(page_url(alice))) | {"groups": []}
    del data["is_staff"]
    as_staff.post(page_url(alice), data)
    alice.refresh_from_db()
    assert not alice.is_staff and not alice.groups.exists()
    assert log_of(alice) == ["Changed Staff and Groups."] * 2


def test_superuser_cannot_lock_themselves_out(as_staff, ada):
    save(as_staff, ada, is_staff="", groups=[], email="new@a.test")
    ada.refresh_from_db()
    assert ada.email == "new@a.test"
    assert ada.is_staff and ada.is_superuser
    assert as_staff.get(page_url(ada, "delete")).status_code == 403


def test_nobody_adds_a_user(as_staff):
    assert as_staff.get("/admin/accounts/user/add/").status_code == 403


def test_delete_page_counts_what_goes_along_without_loading_it(as_staff, alice):
    for _ in range(3):
        open_device(alice)
    with CaptureQueriesContext(connection) as queries:
        page = as_staff.get(page_url(alice, "delete"))
    assert dict(page.context["model_count"]) == {"devices": 3}
    below = [
        relation.related_model
        for relation in User._meta.related_objects
        if relation.on_delete is CASCADE
    ]
    # Session, staff user, the user; a count for each of the tables below.
    assert len(queries) == 3 + len(below)


@pytest.mark.parametrize("active", [True, False])
def test_delete_removes_the_account_and_writes_down_who_did_it(
    as_staff, ada, alice, active
):
    open_device(alice)
    if not active:
        services.deactivate_user(user=alice)
    as_staff.post(page_url(alice, "delete"), {"post": "yes"})
    assert not User.objects.filter(pk=alice.pk).exists()
    assert log_of(alice) == []
    deletion = SecurityEvent.objects.get(kind=SecurityEvent.Kind.ACCOUNT_DELETED)
    assert deletion.actor == ada


def test_delete_of_somebody_who_left_meanwhile_is_no_error(
    as_staff, alice, monkeypatch
):
    def leave(*args):
        services.delete_account(user=alice)

    monkeypatch.setattr(UserAdmin, "log_deletions", leave)
    answer = as_staff.post(page_url(alice, "delete"), {"post": "yes"}, follow=True)
    assert answer.status_code == 200


def test_devices_can_only_be_looked_at(as_staff, alice):
    device = open_device(alice).device
    assert listed(as_staff.get(list_url(AuthSession), {"q": "alice"})) == [device]
    page = as_staff.get(page_url(device))
    assert page.status_code == 200
    assert str(device.current_jti) not in page.content.decode()
    assert as_staff.post(page_url(device), {}).status_code == 403
    assert as_staff.get(page_url(device, "delete")).status_code == 403
    assert as_staff.get(list_url(AuthSession) + "add/").status_code == 403


def test_device_list_queries_do_not_grow(as_staff, alice, bob):
    open_device(alice)
    few = statements(as_staff, list_url(AuthSession))
    for user in (alice, bob, *UserFactory.create_batch(5)):
        open_device(user)
    # session, staff user, capped count, the devices with their users
    assert statements(as_staff, list_url(AuthSession)) == few == 4


def test_createsuperuser_makes_an_account_that_enters(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "correct horse battery")
    call_command(
        "createsuperuser",
        username="root_user",
        email="root@focusguard.test",
        interactive=False,
        verbosity=0,
    )
    assert client.login(username="root_user", password="correct horse battery")
    assert client.get("/admin/").status_code == 200
