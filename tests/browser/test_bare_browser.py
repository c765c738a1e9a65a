"""Browsers that keep nothing."""

import json

from playwright.sync_api import expect

from tests.browser.conftest import CHROME, QUIET
from tests.browser.visitor import PASSWORD


def test_blocked_site_data_is_told_and_the_rest_works(
    chromium,
    dashboard_stack,
    unharmed,
    tmp_path,
):
    """Caught: a page that said there may be a newer version, for ever.

    In the whole browser: the headless shell reads no settings of a profile.
    """
    unharmed(dashboard_stack)
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(
        json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}})
    )
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROME, args=QUIET, base_url=dashboard_stack.origin
    )
    try:
        page = context.pages[0]
        page.set_default_timeout(10_000)
        page.goto("/sign-up")
        expect(page.get_by_text("allow cookies and site data")).to_be_visible()
        page.get_by_label("Username").fill("keeps_nothing")
        page.get_by_label("E-mail").fill("keeps_nothing@example.com")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Create account").click()
        page.get_by_role("button", name="Skip, just start").click()
        page.get_by_role("button", name="Start focusing").click()
        expect(page.get_by_role("timer")).to_be_visible()
        for name in ("Garden", "Insight", "Boards", "You"):
            page.get_by_role("link", name=name).click()
            expect(page.get_by_role("heading", level=1)).to_be_visible()
    finally:
        context.close()


LACKING = """
    const refuse = () => { throw new DOMException("no", "SecurityError"); };
    for (const name of ["localStorage", "sessionStorage", "indexedDB"])
        Object.defineProperty(window, name, { get: refuse });
    delete window.BroadcastChannel;
    Object.defineProperty(navigator, "locks", { value: undefined });
"""


def test_storage_that_throws_leaves_a_reload_signed_in(open_browser):
    somebody = open_browser(expected=("status of 401",))
    somebody.context.add_init_script(LACKING)
    somebody.page.goto("about:blank")
    somebody.sign_up()
    somebody.start()
    somebody.page.reload()
    expect(somebody.page.get_by_role("timer")).to_be_visible()
    somebody.go_to("You")
    # What looks for tokens in its storage would be refused too.
    somebody.page.goto("about:blank")
