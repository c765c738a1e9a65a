import pytest
from django.db import connection
from django.urls import reverse

from accounts.tests.factories import PASSWORD
from accounts.tests.post import delivered
from accounts.tests.staff import (
    list_url,
    log_of,
    page_url,
    run_action,
    said,
    staff_with,
)
from identity.models import RecoveryCode, TotpSecret
from identity.staff_checks import check_factors_of_staff, require_staff_second_factor
from identity.tests.phone import set_up

LOGIN = reverse("admin:login")

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client, ada):
    """Sign Ada in to the staff's site; return the answer."""

    def _enter(**fields):
        body = {"username": ada.username, "password": PASSWORD} | fields
        return client.post(LOGIN, body)

    return _enter


@pytest.fixture
def adas(keys, ada, sign_in):
    return set_up(sign_in(ada))


def is_in(client):
    return client.get(reverse("admin:index")).status_code == 200


@pytest.mark.row("ID07")
def test_staff_with_a_factor_are_asked_for_it(adas, enter, client, ada):
    phone, codes = adas
    for wrong in ({}, {"code": ""}, {"code": "000000"}, {"code": "abcd-efgh"}):
        answer = enter(**wrong)
        assert answer.status_code == 200
        assert "Enter the correct username" in answer.content.decode()
        assert not is_in(client)
    assert enter(code=f"{phone.code()[:3]} {phone.code()[3:]}").status_code == 302
    assert is_in(client)
    client.logout()
    assert enter(code=phone.code()).status_code == 200
    assert enter(code=codes[0]).status_code == 302
    assert "second_factor_failed" in ada.security_events.values_list("kind", flat=True)


def test_wrong_codes_of_staff_are_counted(limited, adas, enter):
    for _ in range(5):
        assert enter(code="000000").status_code == 200
    assert enter(code=adas[0].code()).status_code == 429


def test_staff_without_a_factor_sign_in_as_before(enter, client, keys):
    assert 'name="code"' in client.get(LOGIN).content.decode()
    assert enter().status_code == 302


def test_without_keys_no_code_is_asked_for(client):
    assert 'name="code"' not in client.get(LOGIN).content.decode()


def test_without_keys_a_factor_is_not_lifted(adas, enter, settings, client):
    settings.ENCRYPTION_KEYS = []
    # Caught: the form asked for no code, and staff with a recovery code were locked out.
    assert 'name="code"' in client.get(LOGIN).content.decode()
    assert enter().status_code == 200
    assert not is_in(client)
    assert enter(code=adas[1][0]).status_code == 302


def test_staff_may_be_held_to_have_one(keys, enter, client, ada, sign_in):
    keys.REQUIRE_STAFF_SECOND_FACTOR = True
    answer = enter()
    assert "with a second factor only" in answer.content.decode()
    assert not is_in(client)
    phone, _ = set_up(sign_in(ada))
    assert enter(code=phone.code()).status_code == 302


def test_a_session_of_staff_ends_with_the_factor_that_is_asked_of_them(
    keys, enter, client, ada, sign_in
):
    """Caught: who was in before the rule stayed in, and who took the factor away."""
    assert enter().status_code == 302
    keys.REQUIRE_STAFF_SECOND_FACTOR = True
    assert not is_in(client)
    adas_device = sign_in(ada)
    set_up(adas_device)
    assert is_in(client)
    adas_device.delete("/api/auth/totp")
    assert not is_in(client)


def test_a_rule_that_nobody_could_keep_does_not_start(settings):
    settings.REQUIRE_STAFF_SECOND_FACTOR, settings.ENCRYPTION_KEYS = True, []
    (found,) = require_staff_second_factor(None)
    assert found.id == "identity.E001"
    settings.REQUIRE_STAFF_SECOND_FACTOR = False
    assert require_staff_second_factor(None) == []


def test_an_operator_is_told_of_staff_without_one(keys, ada, sign_in):
    def ids(databases=("default",)):
        return [found.id for found in check_factors_of_staff(None, databases)]

    assert ids() == ["identity.W001"]
    set_up(sign_in(ada))
    assert ids() == ids(None) == []
    keys.ENCRYPTION_KEYS = []
    assert ids() == ["identity.W002"]


@pytest.mark.row("ID07")
def test_staff_reset_the_factor_of_who_has_lost_it(
    factor, mail_on, as_staff, alice, ada, anonymous
):
    answer = run_action(as_staff, "reset_second_factor", alice)
    assert said(answer) == ["Second factor reset: 1"]
    assert log_of(alice) == ["Second factor reset."]
    event = alice.security_events.get(kind="second_factor_reset")
    assert event.actor == ada
    assert not TotpSecret.objects.exists()
    assert not RecoveryCode.objects.exists()
    subjects = [letter["Subject"] for letter in delivered(mail_on)]
    assert subjects[-1] == "The second factor of your FocusGuard account was reset"
    body = {"username": "alice_focus", "password": PASSWORD}
    assert anonymous.post("/api/auth/login", body).status_code == 200
    again = run_action(as_staff, "reset_second_factor", alice)
    assert said(again) == ["alice_focus: No authenticator app is set up."]


def test_who_may_not_change_a_user_resets_nothing(factor, client, alice):
    client.force_login(staff_with("view_user"))
    run_action(client, "reset_second_factor", alice)
    assert TotpSecret.objects.exists()


def test_only_a_superuser_resets_the_factor_of_staff(adas, client, ada):
    client.force_login(staff_with("view_user", "change_user"))
    answer = run_action(client, "reset_second_factor", ada)
    assert "Only superusers" in said(answer)[0]
    assert TotpSecret.objects.exists()


def test_staff_see_factors_and_no_secret(factor, as_staff, alice):
    secret = TotpSecret.objects.get()
    code = RecoveryCode.objects.first()
    for row in (secret, code):
        assert as_staff.get(list_url(type(row)), {"q": "alice"}).status_code == 200
        page = as_staff.get(page_url(row))
        assert page.status_code == 200
        text = page.content.decode()
        assert bytes(secret.secret).decode() not in text
        assert "digest" not in text
        assert as_staff.post(page_url(row), {}).status_code == 403
        assert as_staff.get(page_url(row, "delete")).status_code == 403
    assert as_staff.get(page_url(alice)).status_code == 200


def test_nothing_is_asked_of_tables_that_are_yet_to_be_made(keys):
    """Caught: a check of `migrate` that stops the first `migrate`."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE totps RENAME TO elsewhere")
    assert check_factors_of_staff(None, ["default"]) == []
