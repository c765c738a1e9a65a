"""Ways in beyond the password, as somebody uses them: a passkey, a code, another service."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from accounts.models import AuthSession
from identity.models import ApiToken, LinkedIdentity, Passkey, TotpSecret
from identity.tests.phone import KEYS, Phone
from identity.tests.tokens_of_programs import ApiTokenFactory
from tests.browser.looks.judging import violations
from tests.browser.steps import user_of
from tests.browser.visitor import PASSWORD
from tests.browser.ways_in.virtual_authenticator import add_authenticator
from tests.live.harness.programs import running_panva
from tests.live.harness.stack import free_port

UNAUTHORIZED = "status of 401"
FORBIDDEN = "status of 403"
# The forms of the other service ask for letters that are on the net.
LETTERS = "net::ERR_NAME_NOT_RESOLVED"


@pytest.fixture(scope="module")
def origin():
    """A name, and no address: browsers know no passkeys there."""
    return f"http://localhost:{free_port()}"


@pytest.fixture(scope="module")
def company(origin):
    with running_panva(f"{origin}/api/auth/oauth/company/callback") as issuer:
        yield issuer


@pytest.fixture(scope="module")
def dashboard_stack(start_stack, origin, company, tmp_path_factory):
    """In place of the package's: one that has every way in."""
    return start_stack(
        port=int(origin.rpartition(":")[2]),
        DASHBOARD_URL=origin,
        ALLOWED_HOSTS="localhost,127.0.0.1",
        RATE_LIMIT_PER_MINUTE="100000",
        ENCRYPTION_KEYS=KEYS[0],
        PICTURES_DIR=str(tmp_path_factory.mktemp("pictures")),
        OIDC_PROVIDERS="company",
        OIDC_COMPANY_NAME="Company",
        OIDC_COMPANY_ISSUER=company,
        OIDC_COMPANY_CLIENT_ID="focusguard",
        OIDC_COMPANY_SECRET="a-secret-of-the-client",
    )


@pytest.fixture
def comes(open_browser, origin):
    """Open somebody's browser at the name of the service."""
    return lambda *expected: open_browser(base_url=origin, expected=expected)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def authenticator(somebody):
    """Give the browser a device that knows its person, and the way to take it away."""
    cdp, made = add_authenticator(somebody.context, somebody.page)
    return lambda: cdp.send("WebAuthn.removeVirtualAuthenticator", made)


def signs_out(page):
    page.goto("/you/signing-in")
    button(page, "Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome back")
    page.goto("/sign-in")


def enters_password(somebody):
    page = somebody.page
    page.get_by_label("Username or e-mail").fill(somebody.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    button(page, "Sign in").click()


def test_passkey_is_added_named_and_signs_in_by_itself(comes):
    somebody = comes(UNAUTHORIZED)
    page = somebody.page
    authenticator(somebody)
    somebody.comes_back("/you/signing-in")
    button(page, "Add a passkey").click()
    name = page.get_by_label("Name", exact=True)
    expect(name).to_be_focused()
    assert violations(page) == {}, "name"
    name.fill("The desk")
    button(page, "Save").click()
    row = page.locator(".keepings li", has_text="The desk")
    expect(row).to_contain_text("not used yet")
    assert violations(page) == {}, "passkey"
    # The browser offers it in the field's list; here it is chosen without asking.
    button(page, "Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signing in")
    expect(row).to_contain_text("last used today")
    assert AuthSession.objects.filter(method="passkey").count() == 1
    row.get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Remove").click()
    button(page, "Remove").click()
    expect(page.get_by_text("No passkey yet")).to_be_visible()
    assert not Passkey.objects.exists()
    # The device has it still, and offers it; that it opens nothing is said.
    button(page, "Sign out").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome back")


def test_second_step_is_set_up_asked_for_and_taken_by_a_code_or_a_kept_one(comes):
    somebody = comes(UNAUTHORIZED)
    page = somebody.page
    somebody.comes_back("/you/signing-in")
    button(page, "Set up").click()
    expect(page.get_by_role("img", name="QR code that holds the key")).to_be_visible()
    assert violations(page) == {}, "enrolment"
    secret = page.get_by_label("Key", exact=True).inner_text().replace(" ", "")
    phone = Phone(secret)
    # The sixth digit sends it.
    first = phone.code()
    page.get_by_label("Six digits that the app shows now").fill(first)
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_focused()
    assert violations(page) == {}, "codes"
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as saved:
        button(page, "Download").click()
    text = saved.value.path().read_text()
    assert somebody.username in text
    assert all(code in text for code in codes)
    button(page, "I have kept them").click()
    expect(page.get_by_text("10 recovery codes are left.")).to_be_visible()
    signs_out(page)
    enters_password(somebody)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    assert violations(page) == {}, "second step"
    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    # The code that set it up was taken then; the next one, half a minute later, was not.
    code.fill(first)
    expect(code).to_have_attribute("aria-invalid", "true")
    assert violations(page) == {}, "wrong code"
    TotpSecret.objects.update(last_step=0)
    code.fill("")
    code.fill(phone.code())
    somebody.sees_start()
    signs_out(page)
    enters_password(somebody)
    button(page, "Use a recovery code").click()
    page.get_by_label("Recovery code").fill(codes[0].upper())
    button(page, "Sign in").click()
    somebody.sees_start()
    page.goto("/you/signing-in")
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()


def test_proof_is_asked_for_by_itself_and_what_was_pressed_goes_on(comes):
    somebody = comes(FORBIDDEN, "status of 400")
    page = somebody.page
    somebody.comes_back("/you/programs")
    AuthSession.objects.update(proved_at=timezone.now() - timedelta(hours=1))
    button(page, "New token").click()
    page.get_by_label("Name", exact=True).fill("Desk widget")
    page.get_by_label("see your figures and goals").check()
    assert violations(page) == {}, "new token"
    button(page, "Make the token").click()
    sheet = page.get_by_role("dialog", name="Prove that it is you")
    password = sheet.get_by_role("textbox", name="Password")
    expect(password).to_be_focused()
    assert violations(page) == {}, "proof"
    password.fill("wrong meadow 12")
    button(sheet, "Confirm").click()
    expect(password).to_have_attribute("aria-invalid", "true")
    password.fill(PASSWORD)
    button(sheet, "Confirm").click()
    token = page.get_by_label("Token", exact=True)
    expect(token).to_be_focused()
    assert violations(page) == {}, "made"
    text = token.inner_text()
    assert text.startswith("fgp_")
    answer = somebody.context.request.get(
        "/api/stats/me", headers={"Authorization": f"Bearer {text}"}
    )
    assert answer.status == 200
    button(page, "Done").click()
    row = page.locator(".keepings li", has_text="Desk widget")
    expect(row).to_contain_text("see your figures and goals")
    assert text not in page.content()
    # What has ended opens nothing that could be revoked.
    ended = ApiTokenFactory(
        user=user_of(somebody),
        name="Old widget",
        created_at=timezone.now() - timedelta(days=100),
    )
    page.reload()
    old = page.locator(".keepings li", has_text="Old widget")
    expect(old).to_contain_text("ended")
    old.get_by_role("button", name="Remove Old widget").click()
    button(page.get_by_role("dialog", name="Remove Old widget?"), "Remove").click()
    expect(old).to_have_count(0)
    assert ApiToken.objects.get(pk=ended.pk).revoked_at
    row.get_by_role("button", name="Revoke").click()
    button(page.get_by_role("dialog"), "Revoke").click()
    expect(page.get_by_text("No tokens yet")).to_be_visible()
    assert ApiToken.objects.filter(revoked_at=None).count() == 0


def signs_in_elsewhere(page, name):
    """Go through the forms of the other service."""
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("anything")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()


def test_account_elsewhere_is_linked_and_signs_in(comes):
    somebody = comes(LETTERS)
    page = somebody.page
    somebody.comes_back("/you/signing-in")
    page.get_by_role("button", name="Link Company").click()
    signs_in_elsewhere(page, "carol")
    expect(page.get_by_text("Your accounts are linked.")).to_be_visible()
    row = page.locator(".keepings li", has_text="Company")
    expect(row).to_contain_text("Linked as carol@provider.example")
    assert "step" not in page.url
    assert violations(page) == {}, "linked"
    signs_out(page)
    button(page, "Continue with Company").click()
    somebody.sees_start()
    assert LinkedIdentity.objects.get().user == user_of(somebody)
    assert AuthSession.objects.filter(method="provider").count() == 1


def test_newcomer_from_elsewhere_chooses_a_name_and_a_known_address_is_told_of(comes):
    newcomer = comes(UNAUTHORIZED, LETTERS)
    page = newcomer.page
    page.goto("/sign-up")
    button(page, "Continue with Company").click()
    signs_in_elsewhere(page, "dora")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your name")
    expect(page.get_by_text("dora@provider.example")).to_be_visible()
    assert violations(page) == {}, "name"
    page.get_by_label("Username").fill(newcomer.username)
    button(page, "Create account").click()
    newcomer.skips_the_steps()
    newcomer.sees_start()
    assert user_of(newcomer).email == "dora@provider.example"
    other = comes(UNAUTHORIZED)
    user = other.was_here()
    type(user).objects.filter(pk=user.pk).update(email="erik@provider.example")
    stranger = comes(UNAUTHORIZED, LETTERS).page
    stranger.goto("/sign-in")
    button(stranger, "Continue with Company").click()
    signs_in_elsewhere(stranger, "erik")
    told = stranger.get_by_role("alert")
    expect(told).to_contain_text("There is an account with your address already")
    assert violations(stranger) == {}, "told"


def halves():
    """Draw a wide picture, red on the left and blue on the right."""
    drawn = Image.new("RGB", (600, 300), "red")
    drawn.paste("blue", (300, 0, 600, 300))
    file = io.BytesIO()
    drawn.save(file, "PNG")
    return {"name": "me.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_picture_is_cut_by_keys_shown_and_taken_away(comes):
    somebody = comes()
    page = somebody.page
    somebody.comes_back("/you")
    button(page, "Change your picture").click()
    page.locator("input[type=file]").set_input_files(halves())
    part = page.get_by_role("application", name="The part that is shown")
    expect(part).to_be_visible()
    assert violations(page) == {}, "cut"
    # To its left end, where all of it is red.
    part.focus()
    for _ in range(13):
        page.keyboard.press("ArrowRight")
    button(page, "Save").click()
    shown = page.locator(".avatar img")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("complete", True)
    assert violations(page) == {}, "profile"
    answer = somebody.context.request.get(shown.get_attribute("src"))
    kept = Image.open(io.BytesIO(answer.body()))
    assert (kept.format, kept.size) == ("WEBP", (512, 512))
    for x in (20, 490):
        red, _, blue = kept.convert("RGB").getpixel((x, 256))
        assert red > 200 > 50 > blue, x
    button(page, "Change your picture").click()
    button(page, "Remove it").click()
    expect(shown).to_have_count(0)
    expect(page.locator(".avatar")).to_contain_text(somebody.username[0].upper())
