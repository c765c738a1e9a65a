"""Steps after a way in: a code after another service, a first password, a kept code."""

import pytest
from playwright.sync_api import expect

from accounts.models import AuthSession
from identity.models import (
    AuthFlow,
    LinkedIdentity,
    Passkey,
    RecoveryCode,
    TotpSecret,
)
from identity.second_factor.recovery import codes_left
from identity.tests.factories import LinkedIdentityFactory
from identity.tests.phone import Phone
from tests.browser.looks.judging import violations
from tests.browser.steps import user_of
from tests.browser.visitor import PASSWORD
from tests.browser.ways_in.test_ways_in import (
    LETTERS,
    UNAUTHORIZED,
    authenticator,
    button,
    comes,
    company,
    dashboard_stack,
    enters_password,
    origin,
    signs_in_elsewhere,
    signs_out,
)

__all__ = ["comes", "company", "dashboard_stack", "origin"]  # fixtures

CONFLICT = "status of 409"
TOO_SHORT = "status of 422"
OVER = "This step took too long, or too many codes were wrong. Sign in again."
# A code that an app shows once in a million steps.
WRONG = "000000"


def has_an_app(page):
    """Set the second step up; return the phone, and the recovery codes."""
    page.goto("/you/signing-in")
    button(page, "Set up").click()
    secret = page.get_by_label("Key", exact=True).inner_text().replace(" ", "")
    phone = Phone(secret)
    page.get_by_label("Six digits that the app shows now").fill(phone.code())
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_focused()
    codes = page.locator(".codes code").all_inner_texts()
    # The code of this half minute was taken, and is to be taken once more.
    TotpSecret.objects.update(last_step=0)
    return phone, codes


@pytest.fixture
def linked(comes, company):
    """Visit as a user with an app, whose account elsewhere is linked; signed out."""
    somebody = comes(UNAUTHORIZED, LETTERS)
    user = somebody.was_here()
    LinkedIdentityFactory(user=user, issuer=company, subject="frida")
    phone, codes = has_an_app(somebody.page)
    signs_out(somebody.page)
    return somebody, phone, codes


def comes_by_company(page):
    button(page, "Continue with Company").click()
    signs_in_elsewhere(page, "frida")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")


def code_field(page):
    return page.get_by_label("Code", exact=True)


def test_code_is_asked_for_after_another_service_and_wrong_one_may_be_tried_again(
    linked,
):
    somebody, phone, _ = linked
    page = somebody.page
    comes_by_company(page)
    code = code_field(page)
    expect(code).to_be_focused()
    assert violations(page) == {}, "second step"
    code.fill(WRONG)
    expect(code).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("The code is wrong")).to_be_visible()
    assert violations(page) == {}, "wrong code"
    assert not AuthSession.objects.filter(method__startswith="provider").exists()
    # In the middle: the step is kept, by the cookie alone.
    page.reload()
    expect(code).to_be_focused()
    code.fill(phone.code())
    somebody.sees_start()
    assert "step" not in page.url
    assert AuthSession.objects.filter(method="provider+totp").count() == 1


def test_step_that_is_over_says_what_to_do(linked):
    """Caught: "begin anew" beside a button that tries the same once more."""
    somebody, _, _ = linked
    page = somebody.page
    comes_by_company(page)
    # Before the page has asked for the step there is none that could end.
    expect(code_field(page)).to_be_visible()
    AuthFlow.objects.all().delete()
    code_field(page).fill(WRONG)
    over = page.get_by_role("alert")
    expect(over).to_have_text(OVER)
    page.reload()
    expect(over).to_have_text(OVER)
    expect(button(page, "Try again")).to_have_count(0)
    assert violations(page) == {}, "over"
    page.get_by_text("Back to sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome back")
    assert "step" not in page.url


def signs_up_by_company(newcomer, name):
    page = newcomer.page
    page.goto("/sign-up")
    button(page, "Continue with Company").click()
    signs_in_elsewhere(page, name)
    page.get_by_label("Username").fill(newcomer.username)
    button(page, "Create account").click()
    newcomer.skips_the_steps()
    newcomer.sees_start()


def test_first_password_opens_the_account_and_lets_the_link_be_taken_away(comes):
    newcomer = comes(UNAUTHORIZED, LETTERS, CONFLICT, TOO_SHORT)
    page = newcomer.page
    signs_up_by_company(newcomer, "greta")
    page.goto("/you/signing-in")
    row = page.locator(".keepings li", has_text="Company")
    unlink(row)
    told = row.get_by_role("alert")
    expect(told).to_contain_text("the last way into your account")
    expect(told).to_contain_text("Set a password")
    assert violations(page) == {}, "last way in"
    expect(page.get_by_text("You have none yet")).to_be_visible()
    page.get_by_label("New password", exact=True).fill("short")
    button(page, "Set a password").click()
    expect(page.get_by_label("New password", exact=True)).to_have_attribute(
        "aria-invalid", "true"
    )
    assert violations(page) == {}, "too short"
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    button(page, "Set a password").click()
    expect(page.get_by_text("Your password is set.")).to_be_visible()
    expect(page.get_by_label("Current password", exact=True)).to_be_visible()
    # What was refused before is no longer so.
    expect(told).to_have_count(0)
    assert violations(page) == {}, "password"
    signs_out(page)
    enters_password(newcomer)
    newcomer.sees_start()
    assert AuthSession.objects.filter(method="password").count() == 1
    page.goto("/you/signing-in")
    unlink(row)
    expect(row).to_contain_text("Not linked")
    assert not LinkedIdentity.objects.exists()


def test_last_way_in_is_not_the_last_where_another_comes(comes):
    """Caught: a refusal that stayed beside a passkey which had been added since."""
    newcomer = comes(UNAUTHORIZED, LETTERS, CONFLICT)
    page = newcomer.page
    authenticator(newcomer)
    signs_up_by_company(newcomer, "hilda")
    page.goto("/you/signing-in")
    account = page.locator(".keepings li", has_text="Company")
    refused = page.locator(".keepings").get_by_role("alert")
    unlink(account)
    expect(refused).to_contain_text("the last way into your account")
    button(page, "Add a passkey").click()
    button(page, "Save").click()
    expect(refused).to_have_count(0)
    unlink(account)
    expect(account).to_contain_text("Not linked")
    page.get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Remove").click()
    button(page, "Remove").click()
    expect(refused).to_contain_text("the last way into your account")
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    button(page, "Set a password").click()
    expect(page.get_by_text("Your password is set.")).to_be_visible()
    expect(refused).to_have_count(0)
    assert Passkey.objects.count() == 1


def unlink(row):
    row.get_by_role("button", name="Unlink").click()
    button(row.get_by_role("dialog"), "Unlink").click()


def test_recovery_code_in_the_field_of_the_code_is_taken_for_what_it_is(linked):
    """Caught: "the code is wrong" of a code that is right, in the field beside its own."""
    somebody, _, codes = linked
    page = somebody.page
    enters_password(somebody)
    code = code_field(page)
    # Without a dash, as some keep them, and a letter that was misread.
    code.fill(("z" if codes[0][0] != "z" else "y") + codes[0].replace("-", "")[1:])
    code.press("Enter")
    told = page.get_by_text("That recovery code is wrong or was used already.")
    expect(told).to_be_visible()
    assert violations(page) == {}, "wrong recovery code"
    assert RecoveryCode.objects.filter(used_at=None).count() == 10
    code.fill(f" {codes[0].upper()} ")
    assert violations(page) == {}, "recovery code"
    code.press("Enter")
    somebody.sees_start()
    assert codes_left(user_of(somebody)) == 9
    assert AuthSession.objects.filter(method="password+rec").count() == 1
