"""Pages that a mail leads to: an address confirmed, a new password, another address."""

import pytest
from playwright.sync_api import expect

from accounts.tests.post import LINK, delivered, text_of
from tests.browser.looks.judging import violations
from tests.browser.looks.test_looks import LARGE
from tests.browser.looks.test_pages import is_within
from tests.browser.steps import LOOKS, user_of
from tests.browser.visitor import PASSWORD

NEW = "another meadow 34"


@pytest.fixture(scope="module")
def dashboard_stack(start_stack, tmp_path_factory):
    """In place of the package's: one that mails; its mails are sent by the test."""
    return start_stack(
        RATE_LIMIT_PER_MINUTE="100000",
        EMAIL_URL=f"file://{tmp_path_factory.mktemp('mail')}",
        DASHBOARD_URL="https://app.focusguard.test",
    )


@pytest.fixture
def link_of(mail_on):
    """Send what waits, and return the path of the only link to a page in it."""

    def _link_of(page):
        texts = "".join(text_of(mail) for mail in delivered(mail_on))
        (token,) = [token for name, token in LINK.findall(texts) if name == page]
        return f"/{page}#{token}"

    return _link_of


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def sees(page, heading):
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def asks_for_confirmation(page):
    return page.get_by_role("region", name="Confirm your address")


def test_address_is_confirmed_by_the_button_behind_the_link(somebody, link_of):
    """Programs that look into mails open each link; some run its scripts too."""
    somebody.sign_up()
    page, asked = somebody.page, []
    expect(asks_for_confirmation(page)).to_contain_text(somebody.username)
    # The notice pushes nothing below the window's end.
    start = page.get_by_role("button", name="Start focusing")
    expect(start).to_be_in_viewport(ratio=1)
    path = link_of("verify")
    token = path.split("#")[1]
    page.on("request", lambda request: asked.append(request))
    answer = page.goto(path)
    assert answer.headers["referrer-policy"] == "no-referrer"
    expect(button(page, "Confirm this address")).to_be_visible()
    page.reload()
    assert "#" not in page.url
    expect(button(page, "Confirm this address")).to_be_visible()
    assert not user_of(somebody).email_verified
    button(page, "Confirm this address").click()
    sees(page, "Confirmed")
    assert user_of(somebody).email_verified
    assert not any(token in request.url for request in asked)
    posted = [request.url for request in asked if request.method == "POST"]
    posted = [url for url in posted if not url.endswith("/auth/refresh")]
    assert [url.rpartition("/api")[2] for url in posted] == ["/auth/email/confirm"]
    page.get_by_role("link", name="Go to FocusGuard").click()
    somebody.sees_start()
    expect(asks_for_confirmation(page)).to_be_hidden()


def test_forgotten_password_ends_in_a_new_one_and_signed_out_devices(
    open_browser, link_of
):
    before = open_browser(expected=("status of 401",))
    before.sign_up()
    link_of("verify")
    somebody = open_browser(expected=("status of 400", "status of 422"))
    page = somebody.page
    page.goto("/sign-in")
    page.get_by_label("Username or e-mail").fill(f"{before.username}@example.com")
    page.get_by_role("link", name="Forgot password?").click()
    expect(page.get_by_label("E-mail")).to_have_value(f"{before.username}@example.com")
    button(page, "Send the link").click()
    sees(page, "Look into your mail")
    path = link_of("reset")
    page.goto(path)
    page.get_by_label("New password", exact=True).fill("12345678")
    button(page, "Set the password").click()
    field = page.get_by_label("New password", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill(NEW)
    button(page, "Set the password").press("Enter")
    sees(page, "Your new password is set")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Username or e-mail").fill(before.username)
    page.get_by_label("Password", exact=True).fill(NEW)
    button(page, "Sign in").click()
    somebody.sees_start()
    before.page.get_by_role("link", name="Garden").click()
    sees(before.page, "Welcome back")
    page.goto(path)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    button(page, "Set the password").click()
    sees(page, "This link no longer works")
    page.get_by_role("link", name="Ask for another link").click()
    sees(page, "Forgot your password?")


def test_another_address_waits_until_it_is_confirmed(open_browser, link_of):
    somebody = open_browser()
    somebody.sign_up()
    link_of("verify")
    somebody.go_to("You")
    page, old = somebody.page, f"{somebody.username}@example.com"
    wanted, waits = f"new.{old}", page.locator(".notice", has_text="new.")

    def change():
        page.get_by_label("E-mail").fill(wanted)
        button(page, "Save").click()
        expect(waits).to_contain_text(f"{old} stays your address")
        expect(page.get_by_label("E-mail")).to_have_value(old)
        return link_of("verify")

    stale = change()
    button(page, "Keep the old address").click()
    expect(waits).to_be_hidden()
    assert user_of(somebody).pending_email is None
    path = change()
    elsewhere = open_browser(expected=("status of 400",)).page
    elsewhere.goto(stale)
    button(elsewhere, "Confirm this address").click()
    sees(elsewhere, "This link no longer works")
    # In the same page, as a link that is pasted over the other.
    elsewhere.goto(path)
    button(elsewhere, "Confirm this address").click()
    sees(elsewhere, "Confirmed")
    page.reload()
    expect(page.get_by_label("E-mail")).to_have_value(wanted)
    expect(waits).to_be_hidden()


def is_whole(page, path):
    """Caught: half of a form beside its card, and "passwo" over "rd"."""
    card = page.locator(".card")
    assert card.evaluate("card => card.scrollWidth <= card.clientWidth"), path
    whole = """heading => {
        heading.style.overflowWrap = "normal";
        return heading.scrollWidth <= heading.clientWidth;
    }"""
    assert page.get_by_role("heading", level=1).evaluate(whole), path


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_of_mails_shut_nobody_out(open_browser, scheme, width):
    somebody = open_browser(
        color_scheme=scheme,
        viewport={"width": width, "height": 844},
        expected=("status of 400",),
    )
    page = somebody.page
    page.goto("/sign-in")
    expect(page.get_by_role("link", name="Forgot password?")).to_be_visible()
    assert violations(page) == {}, "sign-in"
    for path, press in {
        "/forgot": "",
        "/reset#nothing": "",
        "/verify#nothing": "Confirm this address",
    }.items():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert violations(page) == {}, path
        if press:
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            expect(button(page, press)).to_be_focused()
            page.keyboard.press("Enter")
            sees(page, "This link no longer works")
            expect(page.get_by_role("heading", level=1)).to_be_focused()
            assert violations(page) == {}, f"{path}, old"
        page.evaluate(LARGE)
        is_within(page, width)
    page.set_viewport_size({"width": 195, "height": 422})
    linked = ("/reset#nothing", "/verify#nothing", "/unsubscribe#nothing")
    for path in ("/forgot", *linked, "/reset"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        is_whole(page, path)
    page.set_viewport_size({"width": width, "height": 844})
    somebody.sign_up()
    expect(asks_for_confirmation(page)).to_be_visible()
    assert violations(page) == {}, "confirmation"
    button(page, "Not today").click()
    expect(asks_for_confirmation(page)).to_be_hidden()
    page.reload()
    somebody.sees_start()
    expect(asks_for_confirmation(page)).to_be_hidden()
    somebody.go_to("You")
    assert violations(page) == {}, "you"
