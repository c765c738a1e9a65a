"""Steps and words that tests of more than one act of the browser share."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from local.processes import wait_until
from sessions_app.models import FocusSession
from tests.harness.bounds import DEADLINE

# Both colours and both widths in two; the other two pairs are left to `make test-live`.
LOOKS = [
    ("light", 1280),
    ("dark", 390),
    pytest.param("dark", 1280, marks=pytest.mark.slow),
    pytest.param("light", 390, marks=pytest.mark.slow),
]
# What Chromium writes to the console.
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
ABORTED = "net::ERR_FAILED"
IMPORT = "dynamically imported module"
KEEP_TRYING = "No connection. We keep trying."
# A tab that says it is hidden after `leave(true)`: behind another one a page still draws.
HIDING = """
    window.isAway = false;
    Object.defineProperty(document, "visibilityState",
        { get: () => (window.isAway ? "hidden" : "visible") });
    Object.defineProperty(document, "hidden", { get: () => window.isAway });
    window.leave = (away) => {
        window.isAway = away;
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    };
"""
# A device whose clock is set anew by `moveClock(ms)`.
CLOCK = """
(() => {
  const Real = Date;
  let moved = 0;
  window.moveClock = (ms) => { moved += ms; };
  window.Date = new Proxy(Real, {
    construct: (target, given) =>
      given.length ? new target(...given) : new target(Real.now() + moved),
    get: (target, key) => (key === "now" ? () => Real.now() + moved : target[key]),
  });
})();
"""


def user_of(somebody):
    return User.objects.get(username=somebody.username)


def at_noon(user):
    """Move a user to a zone where it is noon: a day that began at midnight has had no
    25 minutes yet, and what happened an hour ago was on the day before.
    """
    # The sign of these names is the other way round: Etc/GMT-1 is an hour ahead of UTC.
    user.timezone = f"Etc/GMT{timezone.now().hour - 12:+d}"
    user.save(update_fields=["timezone"])
    return user


def assert_shows_left(read, ends, *, at_most, off_by):
    """Judge the time that a page shows as left by the moment at which it was read.

    Caught: bounds by the moment at which the test began, for which a page came too late.
    """
    minutes, seconds = read().split(" ")[0].split(":")
    shown = 60 * int(minutes) + int(seconds)
    left = (ends - timezone.now()).total_seconds()
    # The second in which a few answers place the server's clock.
    assert left - off_by <= shown <= at_most + 1, (shown, left)


def began(somebody, **ago):
    """Let the running session have begun so long ago."""
    moment = timezone.now() - timedelta(**ago)
    assert FocusSession.objects.filter(user=user_of(somebody)).update(created_at=moment)


def only(somebody):
    return FocusSession.objects.get(user=user_of(somebody))


def changes_preferences(answer):
    """Tell the answer to a change from one to a page that still reads its preferences."""
    path = answer.url.endswith("/api/users/me/preferences")
    return path and answer.request.method == "PATCH"


def reports_growth(answer):
    """Tell the answer to a plant's growth from one to a look at the garden."""
    return "/api/garden/" in answer.url and answer.request.method == "PATCH"


def comes_true(page, predicate, arg=None):
    """Wait for an async predicate: `wait_for_function` takes its promise for the truth."""
    assert wait_until(lambda: page.evaluate(predicate, arg), seconds=DEADLINE), (
        predicate
    )


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
    page.get_by_role("button", name="End now").click()
    expect(page.get_by_role("heading", name="A short one")).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
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
