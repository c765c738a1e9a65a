"""Networks that come and go, many tabs, and browsers that keep nothing."""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from sessions_app.models import FocusSession
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.visitor import PASSWORD
from tests.live.harness.stack import running_stack

pytestmark = pytest.mark.live

OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
ABORTED = "net::ERR_FAILED"
IMPORT = "dynamically imported module"
ANOTHER = "<script src=/static/dashboard/assets/index-another.js></script>"
KEEP_TRYING = "No connection. We keep trying."
PAGES = ("/", "/garden", "/insight", "/boards", "/you")


def figure(page, name):
    return page.locator(".figure", has_text=name)


def mark(page):
    """Leave something in the page that a reload would lose."""
    page.evaluate("window.isTheSame = true")


def is_marked(page):
    return page.evaluate("window.isTheSame === true")


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


def open_tabs(somebody, *paths):
    tabs = []
    for path in paths:
        tab = somebody.context.new_page()
        tab.goto(path)
        expect(tab.get_by_role("heading", level=1)).to_be_attached()
        tab.wait_for_load_state("networkidle")
        tabs.append(tab)
    return tabs


def complete(page):
    """End the session, and leave what is shown of it."""
    page.get_by_role("button", name="Complete early").click()
    expect(page.get_by_role("heading", name="A short one")).to_be_visible()
    page.get_by_role("button", name="Another one").click()
    expect(page.get_by_role("button", name="Start focusing")).to_be_visible()


# Pages and figures that did not come


def test_page_that_failed_to_load_comes_when_the_network_is_back(open_browser):
    somebody = open_browser(expected=(OFFLINE, IMPORT))
    somebody.sign_up()
    page = somebody.page
    mark(page)
    somebody.context.set_offline(True)
    page.get_by_role("link", name="Garden").click()
    expect(page.get_by_role("alert")).to_have_text(KEEP_TRYING)
    somebody.context.set_offline(False)
    expect(page.get_by_role("heading", name="Bare soil")).to_be_visible()
    assert is_marked(page)


def test_page_and_figures_that_both_wait_for_the_network_say_so_once(open_browser):
    """Caught: "No connection" of the page below "No connection" of the frame's own figures."""
    somebody = open_browser(expected=(ABORTED, IMPORT))
    somebody.sign_up()
    page = somebody.page
    blocked = ("**/api/users/me", "**/assets/Garden-*.js", "**/")
    for address in blocked[:2]:
        page.route(address, lambda route: route.abort())
    page.goto("/")
    notice = page.get_by_text(KEEP_TRYING)
    expect(page.get_by_role("status").filter(has=notice)).to_be_visible()
    # The page's own look at which version there is.
    page.route(blocked[2], lambda route: route.abort())
    page.get_by_role("link", name="Garden").click()
    expect(page.get_by_role("alert")).to_have_text(KEEP_TRYING)
    expect(notice).to_have_count(1)
    for address in blocked:
        page.unroute(address)
    expect(page.get_by_role("heading", name="Bare soil")).to_be_visible()
    expect(notice).to_be_hidden()


def test_page_that_was_left_while_it_failed_comes_the_next_time(open_browser):
    somebody = open_browser(expected=(OFFLINE, IMPORT))
    somebody.sign_up()
    page = somebody.page
    somebody.context.set_offline(True)
    page.get_by_role("link", name="Boards").click()
    expect(page.get_by_role("alert")).to_have_text(KEEP_TRYING)
    page.get_by_role("link", name="Focus", exact=True).click()
    somebody.context.set_offline(False)
    page.get_by_role("link", name="Boards").click()
    expect(page.get_by_role("heading", name="Boards")).to_be_visible()


def test_newer_version_is_loaded_once_and_then_offered(open_browser):
    """A page open for days, whose files the service has no more."""
    somebody = open_browser(expected=("status of 404", IMPORT))
    somebody.sign_up()
    page = somebody.page
    loads = []
    page.on("load", lambda: loads.append(page.url))
    page.route("**/assets/Garden-*.js", lambda route: route.fulfill(status=404))
    # The page's own look at which version there is; a reload is a navigation.
    page.route(
        "**/",
        lambda route: (
            route.continue_()
            if route.request.is_navigation_request()
            else route.fulfill(body=ANOTHER)
        ),
    )
    page.get_by_role("link", name="Garden").click()
    offered = page.get_by_role("alert").get_by_role("button", name="Reload")
    expect(offered).to_be_visible()
    # Once more asked for in vain: it is not reloaded in a circle.
    with page.expect_response("**/assets/Garden-*.js"):
        pass
    expect(offered).to_be_visible()
    assert len(loads) == 1
    page.unroute("**/assets/Garden-*.js")
    expect(page.get_by_role("heading", name="Bare soil")).to_be_visible()


def test_figures_that_did_not_come_are_asked_for_until_they_do(open_browser):
    somebody = open_browser(expected=(ABORTED,))
    somebody.sign_up()
    page = somebody.page
    page.route("**/api/stats/**", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_text(KEEP_TRYING)).to_be_visible()
    expect(figure(page, "Streak")).to_contain_text("…")
    page.unroute("**/api/stats/**")
    expect(figure(page, "Streak")).to_contain_text("0 days")
    expect(page.get_by_text(KEEP_TRYING)).to_be_hidden()


@pytest.mark.parametrize("status", [429, 503])
def test_busy_service_is_asked_again_when_it_says(open_browser, status):
    somebody = open_browser(expected=(f"status of {status}",))
    somebody.sign_up()
    page = somebody.page
    moments = []

    def refuse(route):
        moments.append(datetime.now(UTC))
        if len(moments) > 1:
            route.continue_()
        else:
            route.fulfill(status=status, headers={"Retry-After": "3"}, json={})

    page.route("**/api/stats/me", refuse)
    page.goto("/")
    expect(
        page.get_by_role("status").filter(has_text=re.compile("We "))
    ).to_be_visible()
    expect(figure(page, "Streak")).to_contain_text("0 days")
    assert moments[1] - moments[0] >= timedelta(seconds=3)


def test_page_whose_script_does_not_come_says_what_to_do(open_browser):
    somebody = open_browser(expected=(ABORTED,))
    page = somebody.page
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto("/")
    late = page.get_by_text("Reload the page when you have a connection")
    expect(late).to_be_visible()


def test_first_page_without_an_answer_keeps_asking_who_is_there(open_browser):
    somebody = open_browser(expected=(ABORTED,))
    somebody.sign_up()
    page = somebody.page
    page.route("**/api/auth/refresh", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_role("status")).to_have_text(KEEP_TRYING)
    page.unroute("**/api/auth/refresh")
    somebody.sees_start()


# Tabs


def test_tabs_ask_once_for_all_of_them(somebody):
    somebody.sign_up()
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
    somebody.sign_up()
    # The species, which the first tab asks for last.
    expect(somebody.page.get_by_role("radio", name="Sunflower")).to_be_visible()
    expect(figure(somebody.page, "Streak")).to_contain_text("0 days")
    asked = Asked(somebody.context)
    [tab] = open_tabs(somebody, "/")
    somebody.sees_start(tab)
    expect(figure(tab, "Streak")).to_contain_text("0 days")
    assert not asked.paths


@pytest.fixture(scope="module")
def limited_stack(django_db_setup, tmp_path_factory):
    """A service that takes as many requests a minute as it does by default."""
    with running_stack(
        tmp_path_factory.mktemp("limited"),
        DJANGO_SETTINGS_MODULE="tests.live.harness.cheap_settings",
        RATE_LIMIT_PER_MINUTE="60",
    ) as stack:
        yield stack


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


def test_figures_wait_where_a_minute_is_used_up_and_hands_do_not(open_browser, limited):
    somebody = open_browser(base_url=limited.origin, expected=("status of 429",))
    somebody.sign_up()
    page = somebody.page
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
    somebody.sign_up()
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
    alice.sign_up()
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


# Other devices, and days


def test_other_device_shows_start_and_end(somebody, open_browser):
    somebody.sign_up()
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


# Browsers that keep nothing


def test_blocked_site_data_is_told_and_the_rest_works(
    chromium,
    dashboard_stack,
    unharmed,
    tmp_path,
):
    """Caught: a page that said there may be a newer version, for ever."""
    unharmed(dashboard_stack)
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(
        json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}})
    )
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=QUIET, base_url=dashboard_stack.origin
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


@pytest.mark.parametrize("way", ["called off", "closed", "answered"])
def test_start_that_waits_is_shown_by_every_tab(open_browser, way):
    somebody = open_browser(expected=(ABORTED,))
    somebody.sign_up()
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
