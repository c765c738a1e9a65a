"""Many tabs of a browser, a second device, and the day after."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from accounts.tests.factories import PASSWORD as REGISTERED_WITH
from sessions_app.models import FocusSession
from tests.browser.steps import (
    ABORTED,
    complete,
    figure,
    open_tabs,
)
from tests.browser.visitor import PASSWORD
from tests.live.harness.user import register

pytestmark = pytest.mark.live

PAGES = ("/", "/garden", "/insight", "/boards", "/you")


class Asked:
    """What the tabs of a browser ask the API for, and how it answers."""

    def __init__(self, context):
        self.paths = Counter()
        self.statuses = Counter()
        context.on("request", self._count)
        context.on("response", lambda response: self.statuses.update([response.status]))

    def _count(self, request):
        address = urlsplit(request.url)
        if request.method == "GET" and address.path.startswith("/api/"):
            self.paths[address.path + "?" + address.query] += 1


def test_tabs_ask_once_for_all_of_them(somebody):
    somebody.comes_back()
    tabs = open_tabs(somebody, "/", "/", "/insight")
    asked = Asked(somebody.context)
    somebody.start()
    for tab in tabs[:2]:
        expect(tab.get_by_role("timer")).to_be_visible()
    page = somebody.page
    complete(page)
    expect(figure(tabs[2], "Sessions")).to_be_visible()
    page.wait_for_load_state("networkidle")
    # The look for other devices comes by the clock; a start and an end need no other.
    del asked.paths["/api/sessions/active?"]
    more_than_once = {path: n for path, n in asked.paths.items() if n > 1}
    assert not more_than_once


def test_new_tab_takes_what_another_one_knows(somebody):
    somebody.comes_back()
    # The species, which the first tab asks for last.
    expect(somebody.page.get_by_role("radio", name="Sunflower")).to_be_visible()
    expect(figure(somebody.page, "Streak")).to_contain_text("0 days")
    asked = Asked(somebody.context)
    [tab] = open_tabs(somebody, "/")
    somebody.sees_start(tab)
    expect(figure(tab, "Streak")).to_contain_text("0 days")
    assert not asked.paths


@pytest.fixture(scope="module")
def limited_stack(start_stack):
    """A service that takes as many requests a minute as it does by default."""
    return start_stack(RATE_LIMIT_PER_MINUTE="60")


@pytest.fixture
def limited(limited_stack, unharmed):
    return unharmed(limited_stack)


def test_six_tabs_hold_up_no_hand(open_browser, limited):
    somebody = open_browser(base_url=limited.origin)
    somebody.sign_up()
    asked = Asked(somebody.context)
    open_tabs(somebody, *PAGES)
    page = somebody.page
    for _ in range(3):
        somebody.start()
        complete(page)
    assert asked.statuses[429] == 0
    assert FocusSession.objects.filter(user__username=somebody.username).count() == 3


def early_in_a_minute(stack):
    """Return the name of somebody whose minute of requests has only begun.

    Each user's minutes end at another second: the next user is as good as waiting.
    """
    while True:
        person = register(stack)
        limit = person.ask("GET", "/users/me").headers["RateLimit"]
        if int(limit.rpartition("t=")[2]) > 40:
            return person.username


def test_figures_wait_where_a_minute_is_used_up_and_hands_do_not(open_browser, limited):
    somebody = open_browser(base_url=limited.origin, expected=("status of 429",))
    page = somebody.page
    page.goto("/")
    page.get_by_label("Username or e-mail").fill(early_in_a_minute(limited))
    page.get_by_label("Password", exact=True).fill(REGISTERED_WITH)
    page.get_by_role("button", name="Sign in", exact=True).click()
    somebody.sees_start()
    # Early enough in a minute that what is spent is not given back before it is seen.
    spend = """async () => {
        const refreshed = await fetch("/api/auth/refresh", {method: "POST"});
        const headers = {Authorization: `Bearer ${(await refreshed.json()).access_token}`};
        for (let n = 0; n < 300; n += 1) {
            const told = (await fetch("/api/users/me", {headers})).headers.get("RateLimit");
            const [, left, seconds] = /r=(\\d+);t=(\\d+)/.exec(told).map(Number);
            if (left <= 12 && left > 7 && seconds > 20) return;
            if (left <= 7) await new Promise((later) => setTimeout(later, 500));
        }
    }"""
    page.evaluate(spend)
    asked = Asked(somebody.context)
    # The first page learns what is left, and the next one leaves it alone.
    with page.expect_response("**/api/leaderboard/**"):
        page.get_by_role("link", name="Boards").click()
    page.get_by_role("link", name="Insight").click()
    busy = page.get_by_role("status").filter(has_text="Many requests were made")
    expect(busy).to_be_visible()
    page.get_by_role("link", name="Focus", exact=True).click()
    page.get_by_role("button", name="Start focusing").click()
    expect(page.get_by_role("timer")).to_be_visible()
    assert asked.statuses[429] == 0


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


def test_hidden_tab_asks_for_nothing_until_it_is_seen(somebody):
    somebody.comes_back()
    somebody.context.add_init_script(HIDING)
    [hidden] = open_tabs(somebody, "/boards")
    hidden.evaluate("leave(true)")
    requests = []
    hidden.on(
        "request",
        lambda request: "/api/" in request.url and requests.append(request.url),
    )
    somebody.start()
    complete(somebody.page)
    somebody.page.wait_for_load_state("networkidle")
    assert not requests
    with hidden.expect_response("**/api/leaderboard/xp**"):
        hidden.evaluate("leave(false)")


def test_answer_that_comes_after_another_person_signed_in_is_not_shown(open_browser):
    alice = open_browser(expected=("status of 401",))
    alice.comes_back()
    [second] = open_tabs(alice, "/")
    held = []
    second.route("**/api/users/me", lambda route: held.append((route, route.fetch())))
    with second.expect_request("**/api/users/me"):
        second.reload()
    alice.go_to("You")
    page = alice.page
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(second.get_by_role("heading", name="Welcome back")).to_be_visible()
    former, alice.username = alice.username, alice.username + "_2"
    alice.sign_up()
    [(route, answer)] = held[:1]
    assert answer.json()["username"] == former
    route.fulfill(response=answer)
    second.unroute("**/api/users/me")
    second.get_by_role("link", name="You", exact=True).click()
    expect(second.get_by_role("heading", level=1)).to_have_text(alice.username)
    expect(second.get_by_role("heading", name=former, exact=True)).to_be_hidden()


@pytest.mark.parametrize("way", ["called off", "closed", "answered"])
def test_start_that_waits_is_shown_by_every_tab(open_browser, way):
    somebody = open_browser(expected=(ABORTED,))
    somebody.comes_back()
    page = somebody.page
    [beside] = open_tabs(somebody, "/garden")
    page.route("**/api/sessions", lambda route: route.abort())
    page.get_by_role("button", name="Start focusing").click()
    waits = "has not started yet"
    expect(page.get_by_text(waits)).to_be_visible()
    expect(beside.get_by_text(waits)).to_be_visible()
    [late] = open_tabs(somebody, "/")
    expect(late.get_by_text(waits)).to_be_visible()
    if way == "answered":
        page.unroute("**/api/sessions")
        for tab in (page, beside, late):
            expect(tab.get_by_role("timer")).to_be_visible(timeout=20_000)
    elif way == "closed":
        page.close(run_before_unload=False)
    else:
        beside.get_by_role("button", name="Do not start").click()
        somebody.sees_start()
    expect(beside.get_by_text(waits)).to_be_hidden()
    expect(late.get_by_text(waits)).to_be_hidden()


def test_other_device_shows_start_and_end(somebody, open_browser):
    somebody.comes_back()
    desk = open_browser()
    desk.page.clock.install()
    desk.page.goto("/sign-in")
    desk.page.get_by_label("Username or e-mail").fill(somebody.username)
    desk.page.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.page.get_by_role("button", name="Sign in").click()
    desk.sees_start()
    somebody.start()
    desk.page.clock.run_for(25_000)
    expect(desk.page.get_by_role("timer")).to_be_visible()
    somebody.page.get_by_role("button", name="Give up").click()
    somebody.page.get_by_role("button", name="Yes, give up").click()
    expect(somebody.page.get_by_role("heading", name="Given up")).to_be_visible()
    desk.page.clock.run_for(25_000)
    desk.sees_start()


def test_page_in_sight_over_midnight_shows_the_new_day(somebody):
    """Every clock is moved by the same: the browser's, and what the service says."""
    page = somebody.page
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    midnight += timedelta(days=1)
    began, ahead = datetime.now(UTC), timedelta(0)

    def now():
        passed = datetime.now(UTC) - began
        return midnight - timedelta(minutes=1) + passed + ahead

    def shift(route):
        answer = route.fetch()
        headers = answer.headers | {"date": format_datetime(now(), usegmt=True)}
        body = answer.text()
        if "/stats/daily/1" in route.request.url:
            minutes = 12 if now() < midnight else 0
            day = {"date": f"{now():%F}", "focus_min": minutes, "sessions_completed": 1}
            body = json.dumps({"daily_stats": [day]})
        for name in ("content-length", "content-encoding"):
            headers.pop(name, None)
        route.fulfill(status=answer.status, headers=headers, body=body)

    page.clock.install(time=midnight - timedelta(minutes=1))
    page.route("**/api/**", shift)
    somebody.sign_up()
    expect(figure(page, "Today")).to_contain_text("12 min")
    ahead = timedelta(minutes=2)
    with page.expect_response("**/api/stats/daily/1"):
        page.clock.run_for(120_000)
    expect(figure(page, "Today")).to_contain_text("0 min")
    page.unroute_all(behavior="wait")
