"""Steps and words that tests of more than one act of the browser share."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from sessions_app.models import FocusSession

# What Chromium writes to the console.
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
ABORTED = "net::ERR_FAILED"
IMPORT = "dynamically imported module"
KEEP_TRYING = "No connection. We keep trying."


def user_of(somebody):
    return User.objects.get(username=somebody.username)


def began(somebody, **ago):
    """Let the running session have begun so long ago."""
    moment = timezone.now() - timedelta(**ago)
    assert FocusSession.objects.filter(user=user_of(somebody)).update(created_at=moment)


def only(somebody):
    return FocusSession.objects.get(user=user_of(somebody))


def figure(page, name):
    return page.locator(".figure", has_text=name)


def mark(page):
    """Leave something in the page that a reload would lose."""
    page.evaluate("window.isTheSame = true")


def is_marked(page):
    return page.evaluate("window.isTheSame === true")


def give_up(page):
    page.get_by_role("button", name="Give up").click()
    page.get_by_role("button", name="Yes, give up").click()


def complete(page):
    """End the session, and leave what is shown of it."""
    page.get_by_role("button", name="Complete early").click()
    expect(page.get_by_role("heading", name="A short one")).to_be_visible()
    page.get_by_role("button", name="Another one").click()
    expect(page.get_by_role("button", name="Start focusing")).to_be_visible()


def open_tabs(somebody, *paths):
    tabs = []
    for path in paths:
        tab = somebody.context.new_page()
        tab.goto(path)
        expect(tab.get_by_role("heading", level=1)).to_be_attached()
        tab.wait_for_load_state("networkidle")
        tabs.append(tab)
    # Behind another tab a page draws a few frames a second, and each click waits for two.
    somebody.page.bring_to_front()
    return tabs
