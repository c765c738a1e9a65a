"""The page for people without an account, and what becomes of a session that begins there."""

import re

from playwright.sync_api import expect

from accounts.models import User
from sessions_app.models import Entry, FocusSession
from tests.browser.visitor import PASSWORD

# Let the session that this device alone knows have begun so many minutes ago.
BEGAN_AGO = """(minutes) => {
  const kept = JSON.parse(localStorage.getItem("focusguard-guest"));
  kept.began = { server: null, device: kept.began.device - minutes * 60000 };
  kept.at -= minutes * 60000;
  localStorage.setItem("focusguard-guest", JSON.stringify(kept));
}"""


def test_a_first_session_goes_along_into_the_account(open_browser):
    """Ten of its 25 minutes are told as an entry, and the server counts the other fifteen.

    Nothing is asked of the service before: a stranger's visit opens no session.
    """
    stranger = open_browser()
    page = stranger.page
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Focus, and watch it grow."
    )
    page.get_by_role("button", name="Start focusing").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile("^2[45]:"))
    page.evaluate(BEGAN_AGO, 10)
    page.reload()
    expect(page.get_by_role("timer")).to_have_text(re.compile("^1[45]:"))
    page.get_by_role("link", name="Sign up and keep it").click()
    expect(page.get_by_text("Your session goes on")).to_be_visible()
    page.get_by_label("Username").fill(stranger.username)
    page.get_by_label("E-mail").fill(f"{stranger.username}@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    with page.expect_response(
        lambda answer: (
            answer.url.endswith("/api/sessions") and answer.request.method == "POST"
        )
    ):
        page.get_by_role("button", name="Create account").click()
    user = User.objects.get(username=stranger.username)
    entry, session = Entry.objects.get(), FocusSession.objects.get()
    assert (entry.user, entry.minutes, entry.source) == (user, 10, "offline")
    assert (session.user, session.duration_min, session.status) == (user, 15, "active")
    assert page.evaluate("localStorage.getItem('focusguard-guest')") is None


def test_who_was_signed_in_here_before_finds_the_sign_in(open_browser):
    stranger = open_browser()
    page = stranger.page
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.evaluate("localStorage.setItem('focusguard-before', '1')")
    page.goto("/")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
