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
    HIDING,
    changes_preferences,
    complete,
    figure,
    is_marked,
    mark,
    open_tabs,
)
from tests.browser.visitor import PASSWORD
from tests.live.harness.user import register

PAGES = ("/", "/garden", "/insight", "/boards", "/you")
# The longest poll and a second, in milliseconds.
SWEEP = 31_000


def patient(pause):
    """Let a page wait for another tab's answer for a minute at most, where it asks the
    service after a pause that is too short for a busy machine: 100 ms, or 400 ms after
    the other tab's request.
    """
    return f"""
        const set = setTimeout;
        window.setTimeout = (act, ms, ...rest) => {{
            const isForATab = ms === {pause} && String(act).includes("[native code]");
            return set(act, isForATab ? 60_000 : ms, ...rest);
        }};
    """


class Asked:
    """The requests of a browser's tabs to the API, and the statuses of its answers."""

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
    somebody.context.add_init_script(patient(400))
    somebody.comes_back()
    tabs = open_tabs(somebody, "/", "/", "/insight")
    # What each asks for at first has come: on a slow machine it was counted with the rest.
    for tab in (somebody.page, *tabs[:2]):
        expect(figure(tab, "Streak")).to_contain_text("0 days")
        # The species, which a tab asks for last.
        expect(tab.get_by_role("radio", name="Sunflower")).to_be_visible()
    expect(figure(tabs[2], "Sessions")).to_be_visible()
    asked = Asked(somebody.context)
    somebody.start()
    for tab in tabs[:2]:
        expect(tab.get_by_role("timer")).to_be_visible()
    page = somebody.page
    # What the insight asks for after an end, by whichever tab.
    with somebody.context.expect_event(
        "response", lambda answer: "/api/stats/calendar" in answer.url
    ):
        complete(page)
    # The looks for other devices come by the clock; a start and an end need no other.
    del asked.paths["/api/sessions/active?"]
    # Both are another phase.
    assert asked.paths.pop("/api/sessions/now?") <= 2
    del asked.paths["/api/users/me/preferences?"]
    more_than_once = {path: n for path, n in asked.paths.items() if n > 1}
    assert not more_than_once


def test_new_tab_takes_what_another_one_knows(somebody):
    somebody.comes_back()
    # The species, which the first tab asks for last.
    expect(somebody.page.get_by_role("radio", name="Sunflower")).to_be_visible()
    expect(figure(somebody.page, "Streak")).to_contain_text("0 days")
    asked = Asked(somebody.context)
    somebody.context.add_init_script(patient(100))
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
    page.goto("/sign-in")
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
    page.get_by_role("link", name="Today", exact=True).click()
    page.get_by_role("button", name="Start focusing").click()
    expect(page.get_by_role("timer")).to_be_visible()
    assert asked.statuses[429] == 0


def test_who_reloads_again_and_again_is_not_told_to_wait(open_browser, limited):
    """Caught: seven pages in a minute, and the figures were a notice of too many requests."""
    somebody = open_browser(base_url=limited.origin)
    somebody.sign_up()
    page = somebody.page
    asked = Asked(somebody.context)
    for _ in range(12):
        page.reload()
        somebody.sees_start()
        expect(figure(page, "Streak")).to_contain_text("0 days")
        expect(page.get_by_text("Many requests were made")).to_be_hidden()
    assert asked.statuses[429] == 0


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
    with somebody.page.expect_response("**/api/stats/today"):
        complete(somebody.page)
    # A tab that asks with the others has begun to by now.
    hidden.evaluate("true")
    assert not requests
    with hidden.expect_response("**/api/leaderboard/xp**"):
        hidden.evaluate("leave(false)")


def test_answer_that_comes_after_another_person_signed_in_is_not_shown(open_browser):
    alice = open_browser(expected=("status of 401",))
    alice.comes_back()
    [second] = open_tabs(alice, "/")
    held = []
    # The first alone: one that is held later is given up only after its deadline.
    second.route(
        "**/api/users/me", lambda route: held.append((route, route.fetch())), times=1
    )
    with second.expect_request("**/api/users/me"):
        second.reload()
    alice.go_to("You")
    page = alice.page
    page.get_by_role("link", name="Signing in").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(second.get_by_role("heading", name="Welcome back")).to_be_visible()
    former, alice.username = alice.username, alice.username + "_2"
    alice.sign_up()
    [(route, answer)] = held
    assert answer.json()["username"] == former
    route.fulfill(response=answer)
    second.get_by_role("link", name="You", exact=True).click()
    expect(second.get_by_role("heading", level=1)).to_have_text(alice.username)
    expect(second.get_by_role("heading", name=former, exact=True)).to_be_hidden()


@pytest.mark.parametrize("way", ["called off", "closed", "answered"])
def test_start_that_waits_is_shown_by_every_tab(open_browser, way):
    somebody = open_browser(expected=("status of 503",))
    somebody.comes_back()
    page = somebody.page
    [beside] = open_tabs(somebody, "/garden")
    page.route("**/api/sessions", lambda route: route.fulfill(status=503, json={}))
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


def test_garden_figures_and_look_follow_another_device_within_a_sweep(open_browser):
    """The page is never loaded anew, whether a socket carries the news or a poll.

    Caught: preferences that were asked for once, beside figures that were not.
    """
    somebody, desk = open_browser(), open_browser(color_scheme="light")
    somebody.comes_back_focusing("/", plan=60, minutes=30)
    page = desk.page
    page.clock.install()
    page.goto("/sign-in")
    page.get_by_label("Username or e-mail").fill(somebody.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("timer")).to_be_visible()
    desk.go_to("Insight")
    desk.go_to("Garden")
    standing = page.locator(".land-plants .standing")
    expect(standing).to_have_attribute("data-state", "growing")
    mark(page)
    somebody.page.get_by_role("button", name="End now").click()
    expect(somebody.page.get_by_role("heading", name="30 minutes")).to_be_visible()
    somebody.page.goto("/settings")
    with somebody.page.expect_response(changes_preferences) as changed:
        # React may draw what is chosen after the click, where check() looks at once.
        somebody.page.get_by_role("radio", name="Dark").click()
    assert changed.value.status == 200
    page.clock.run_for(SWEEP)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(standing).to_have_attribute("data-state", "grown")
    desk.go_to("Insight")
    expect(page.locator(".lead-card")).to_contain_text("30 min")
    assert is_marked(page)


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
        if "/stats/today" in route.request.url:
            minutes = 12 if now() < midnight else 0
            day = {"date": f"{now():%F}", "focus_min": minutes}
            body = json.dumps(json.loads(body) | day)
        if "/sessions/now" in route.request.url:
            body = json.dumps(json.loads(body) | {"server_time": now().isoformat()})
        for name in ("content-length", "content-encoding"):
            headers.pop(name, None)
        route.fulfill(status=answer.status, headers=headers, body=body)

    page.clock.install(time=midnight - timedelta(minutes=1))
    page.route("**/api/**", shift)
    somebody.sign_up()
    expect(figure(page, "Today")).to_contain_text("12 min")
    ahead = timedelta(minutes=2)
    with page.expect_response("**/api/stats/today"):
        page.clock.run_for(120_000)
    expect(figure(page, "Today")).to_contain_text("0 min")
    page.unroute_all(behavior="wait")
