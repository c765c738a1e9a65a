"""A running session belongs to no page: its title, its end and its bell are everywhere."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sessions_app.models import FocusSession
from sessions_app.services import complete_session
from tests.browser.conftest import CHROME, QUIET
from tests.browser.steps import (
    CLOCK,
    OFFLINE,
    began,
    comes_true,
    give_up,
    only,
    user_of,
)

UNTOUCHED = "The AudioContext was not allowed to start"
AHEAD = "the server responded with a status of 409"
LIMITED = "the server responded with a status of 429"
ENDED = re.compile("Time is up: 25 minutes of focus")
SOON = {"minutes": 24, "seconds": 56}
# As Chrome on Android: only a service worker may notify.
ANDROID = """
window.Notification = class {
  constructor() { throw new TypeError("Illegal constructor"); }
  static get permission() { return "granted"; }
  static async requestPermission() { return "granted"; }
};
"""
BROKEN = """
window.Notification = class {
  constructor() { throw new TypeError("Illegal constructor"); }
  static get permission() { return "granted"; }
  static async requestPermission() { throw new TypeError("no"); }
};
window.AudioContext = class { constructor() { throw new Error("no device"); } };
Object.defineProperty(navigator, "serviceWorker", { get() { throw new Error("no"); } });
"""
# Without a service worker the page itself shows the notification.
COUNTED = """
window.rung = [];
window.Notification = class {
  constructor(title) { window.rung.push(title); }
  static get permission() { return "granted"; }
  static async requestPermission() { return "granted"; }
};
"""
# One tab has claimed the alarm, and no tab waits for a lock.
ALL_ASKED = """async () => {
  const { held, pending } = await navigator.locks.query();
  return !pending[0] && held.some(({ name }) => name.startsWith("focusguard-rung-"));
}"""
# What a test does in a page counts as a touch: so the rule is made by hand.
SILENT = """
(() => {
  let touched = false;
  const note = (event) => { touched ||= event.isTrusted; };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, note, true);
  window.AudioContext = class extends AudioContext {
    constructor() { super(); super.suspend(); }
    get state() { return touched ? super.state : "suspended"; }
    resume() { return touched ? super.resume() : new Promise(() => undefined); }
  };
})();
"""


def wants_bell(page):
    page.get_by_role("checkbox", name="Tell me when it ends").check()


def limited(route):
    """Answer as the request limit does."""
    error = {"message": "Too many requests.", "error_code": "RATE_LIMITED"}
    route.fulfill(status=429, headers={"Retry-After": "37"}, json={"detail": error})


def patches(somebody):
    """Every end that this browser sends from now on."""
    sent = []
    somebody.context.on(
        "request",
        lambda request: (
            sent.append(request.url)
            if request.method == "PATCH" and "/api/sessions/" in request.url
            else None
        ),
    )
    return sent


PAGES = ("Insight", "Boards", "You")


def completes(response):
    """Tell the answer to an end: the page may show it before it is credited."""
    return response.request.method == "PATCH" and "/api/sessions/" in response.url


@pytest.mark.parametrize(
    "name",
    ["Garden", *(pytest.param(n, marks=pytest.mark.slow) for n in PAGES)],
)
def test_session_is_seen_and_ends_on_every_page(somebody, name):
    somebody.comes_back_focusing(f"/{name.lower()}")
    page = somebody.page
    expect(page).to_have_title(re.compile(r"^2[45]:\d\d · FocusGuard$"))
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^2[45]:\d\d$"))
    began(somebody, **SOON)
    with page.expect_response(completes):
        page.reload()
    assert only(somebody).focus_min == 25
    expect(page.get_by_role("status").filter(has_text=ENDED)).to_be_visible()
    expect(page).to_have_title(f"{name} · FocusGuard")
    expect(page.get_by_role("timer")).to_be_hidden()
    page.get_by_role("link", name="Look").click()
    expect(page.get_by_role("heading", name="25 minutes of focus")).to_be_visible()


def test_small_timer_leads_to_the_session(somebody):
    somebody.comes_back_focusing("/garden")
    somebody.page.get_by_role("link", name="To the running session").click()
    expect(somebody.page.get_by_role("button", name="Give up")).to_be_visible()
    expect(somebody.page.get_by_role("timer")).to_have_count(1)


def test_page_that_is_not_there_shows_the_running_timer(somebody):
    somebody.comes_back_focusing()
    page = somebody.page
    page.evaluate(
        "history.pushState({}, '', '/nope'); dispatchEvent(new PopStateEvent('popstate'))"
    )
    expect(page.get_by_role("heading", name="Nothing grows here")).to_be_visible()
    expect(page.get_by_role("timer")).to_be_visible()


@pytest.fixture
def whole(chromium):
    """Open the whole browser: the headless shell shows no notification."""
    browser = chromium.browser_type.launch(executable_path=CHROME, args=QUIET)
    yield browser
    browser.close()


def test_bell_of_a_phone_is_shown_by_the_service_worker(whole, open_browser):
    """Caught: the error of `new Notification` took the page down before the end."""
    somebody = open_browser(browser=whole, service_workers="allow")
    somebody.context.grant_permissions(["notifications"])
    somebody.context.add_init_script(ANDROID)
    somebody.comes_back()
    wants_bell(somebody.page)
    somebody.start()
    began(somebody, **SOON)
    page = somebody.page
    page.reload()
    expect(page.get_by_role("heading", name="25 minutes of focus")).to_be_visible()
    comes_true(
        page,
        """async () => {
          const all = await navigator.serviceWorker.getRegistrations();
          const shown = await Promise.all(all.map((one) => one.getNotifications()));
          return shown.flat().map((notice) => notice.title).join() === "Time is up";
        }""",
    )
    assert only(somebody).status == "completed"


def test_bell_that_breaks_breaks_nothing_else(open_browser):
    somebody = open_browser()
    somebody.context.add_init_script(BROKEN)
    somebody.sign_up()
    wants_bell(somebody.page)
    somebody.start()
    began(somebody, **SOON)
    page = somebody.page
    page.reload()
    expect(page.get_by_role("heading", name="25 minutes of focus")).to_be_visible()
    expect(page.get_by_text("The bell could not ring")).to_be_visible()
    assert only(somebody).status == "completed"


def test_several_tabs_ring_once(open_browser):
    somebody = open_browser(expected=(UNTOUCHED,))
    somebody.context.add_init_script(COUNTED)
    somebody.comes_back()
    wants_bell(somebody.page)
    somebody.start()
    pages = [somebody.page, *(somebody.context.new_page() for _ in range(2))]
    began(somebody, **SOON)
    for page, path in zip(pages, ("/", "/garden", "/boards"), strict=True):
        page.goto(path)
    for page in pages[1:]:
        expect(page.get_by_role("status").filter(has_text=ENDED)).to_be_visible()
    ended = pages[0].get_by_role("heading", name="25 minutes of focus")
    expect(ended).to_be_visible()
    comes_true(pages[0], ALL_ASKED)
    rung = [page.evaluate("window.rung") for page in pages]
    assert [title for titles in rung for title in titles] == ["Time is up"]


def test_tab_that_is_slowed_down_ends_in_time(open_browser):
    """A hidden page's own timers may come once a minute, or hardly at all."""
    somebody = open_browser()
    somebody.context.add_init_script("window.setInterval = () => 0;")
    somebody.had_begun(**SOON)
    somebody.page.goto("/")
    expect(
        somebody.page.get_by_role("heading", name="25 minutes of focus")
    ).to_be_visible()


def test_clock_that_is_set_forward_ends_nothing(open_browser):
    somebody = open_browser()
    somebody.context.add_init_script(CLOCK)
    somebody.comes_back_focusing()
    page = somebody.page
    with page.expect_response("**/api/sessions/active"):
        page.evaluate("moveClock(3_600_000)")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^24:[0-5]\d$"))
    assert only(somebody).status == "active"


def test_session_that_the_server_ended_is_shown_as_it_ended(somebody):
    somebody.comes_back_focusing(plant="Rose")
    began(somebody, minutes=26)
    session = only(somebody)
    complete_session(user_id=session.user_id, session_id=session.pk)
    somebody.page.reload()
    expect(
        somebody.page.get_by_role("heading", name="25 minutes of focus")
    ).to_be_visible()
    expect(somebody.page.get_by_role("img", name="Rose, grown")).to_be_visible()


def test_longer_plan_of_another_device_is_no_end(open_browser):
    somebody = open_browser(expected=(AHEAD,))
    somebody.comes_back_focusing(**SOON)
    page = somebody.page
    expect(page.get_by_role("timer")).to_be_visible()
    FocusSession.objects.filter(user=user_of(somebody)).update(duration_min=45)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(20|19):\d\d$"))
    assert only(somebody).status == "active"


def test_end_of_a_closed_tab_is_sent_on_return_once(open_browser):
    somebody = open_browser(expected=(OFFLINE,))
    somebody.comes_back_focusing()
    somebody.context.set_offline(True)
    give_up(somebody.page)
    expect(somebody.page.get_by_text("You are offline.")).to_be_visible()
    somebody.page.close()
    somebody.context.set_offline(False)
    sent = patches(somebody)
    pages = [somebody.context.new_page() for _ in range(3)]
    for page in pages:
        page.goto("/garden", wait_until="commit")
    for page in pages:
        expect(page.get_by_role("heading", name="Garden")).to_be_visible()
        expect(page.get_by_role("timer")).to_be_hidden()
    assert only(somebody).status == "abandoned"
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("way", "told"), [("End now", "A short one."), ("Give up", "Given up")]
)
def test_end_that_was_kept_is_told_as_what_it_was(open_browser, way, told):
    somebody = open_browser(expected=(OFFLINE,))
    somebody.comes_back_focusing()
    somebody.context.set_offline(True)
    page = somebody.page
    if way == "Give up":
        give_up(page)
    else:
        page.get_by_role("button", name=way).click()
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.close()
    somebody.context.set_offline(False)
    page = somebody.context.new_page()
    page.goto("/garden")
    news = page.get_by_role("status").filter(has=page.get_by_role("link", name="Look"))
    expect(news).to_be_visible()
    expect(news.locator("span")).to_have_text(told)


def test_end_that_met_the_limit_is_not_lost_with_its_tab(open_browser):
    somebody = open_browser(expected=(LIMITED,))
    somebody.comes_back_focusing()
    somebody.page.route("**/api/sessions/*", limited)
    give_up(somebody.page)
    expect(somebody.page.get_by_text("The service is busy.")).to_be_visible()
    somebody.page.close()
    page = somebody.context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", name="Given up")).to_be_visible()
    assert only(somebody).status == "abandoned"


def test_end_that_waits_can_be_taken_back(open_browser):
    somebody = open_browser(expected=(LIMITED,))
    somebody.comes_back_focusing()
    page = somebody.page
    page.route("**/api/sessions/*", lambda route: route.fallback())
    page.route(re.compile("/api/sessions/[0-9a-f-]{36}$"), limited)
    give_up(page)
    somebody.go_to("Garden")
    expect(page.get_by_text("The service is busy.")).to_be_visible()
    page.get_by_role("button", name="Keep going instead").click()
    expect(page.get_by_text("The service is busy.")).to_be_hidden()
    page.unroute_all()
    page.reload()
    expect(page.get_by_role("timer")).to_be_visible()
    assert only(somebody).status == "active"


def test_nobody_else_sends_what_somebody_left(open_browser):
    somebody = open_browser(expected=(LIMITED,))
    somebody.comes_back_focusing()
    alice, first = somebody.username, only(somebody)
    page = somebody.page
    page.route(re.compile("/api/sessions/[0-9a-f-]{36}$"), limited)
    give_up(page)
    expect(page.get_by_text("The service is busy.")).to_be_visible()
    page.unroute_all()
    somebody.go_to("You")
    page.get_by_role("link", name="Signing in").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    sent = patches(somebody)
    somebody.username = f"{alice}_bob"
    somebody.sign_up()
    page.reload()
    somebody.sees_start()
    page.wait_for_load_state("networkidle")
    assert sent == []
    somebody.go_to("You")
    page.get_by_role("link", name="Signing in").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("Username or e-mail").fill(alice)
    page.get_by_label("Password", exact=True).fill("green meadow 12")
    with page.expect_response(f"**/api/sessions/{first.pk}"):
        page.get_by_role("button", name="Sign in").click()
    first.refresh_from_db()
    assert first.status == "abandoned"


def test_start_that_waits_says_so_everywhere_and_can_be_called_off(open_browser):
    somebody = open_browser(expected=(LIMITED,))
    somebody.comes_back()
    page = somebody.page
    page.route("**/api/sessions", limited)
    page.get_by_role("radio", name="45 min").check()
    page.get_by_role("button", name="Start focusing").click()
    for name in ("Today", "Garden", "Today"):
        if name != "Today" or page.url.endswith("/garden"):
            page.get_by_role("navigation").get_by_role("link", name=name).click()
        expect(page.get_by_text("The service is busy.")).to_be_visible()
        expect(page.get_by_text("has not started yet")).to_be_visible()
    expect(page.get_by_role("button", name="Starting…")).to_be_disabled()
    expect(page.get_by_role("radio", name="45 min")).to_be_checked()
    page.unroute_all()
    page.get_by_role("button", name="Do not start").click()
    expect(page.get_by_role("button", name="Start focusing")).to_be_enabled()
    assert not FocusSession.objects.filter(user=user_of(somebody)).exists()


def test_start_without_network_begins_when_it_is_back(open_browser):
    somebody = open_browser(expected=(OFFLINE,))
    somebody.comes_back()
    page = somebody.page
    somebody.context.set_offline(True)
    page.get_by_role("button", name="Start focusing").click()
    expect(page.get_by_text("Not verified yet.")).to_be_visible()
    somebody.context.set_offline(False)
    expect(page.get_by_text("Not verified yet.")).to_be_hidden()
    expect(page.get_by_role("timer")).to_be_visible()
    expect(page.get_by_role("img", name="Rose")).to_be_visible()
    assert timezone.now() - only(somebody).created_at < timedelta(minutes=1)


def test_bell_that_needs_a_touch_says_so(open_browser):
    """A browser plays nothing in a page that nobody has touched since it was loaded."""
    somebody = open_browser()
    somebody.context.add_init_script(SILENT)
    somebody.comes_back()
    wants_bell(somebody.page)
    expect(somebody.page.get_by_text("does not allow notifications")).to_be_visible()
    somebody.start()
    page = somebody.page
    page.reload()
    asks = page.get_by_text("click or tap anywhere here")
    expect(asks).to_be_visible()
    page.mouse.click(5, 5)
    expect(asks).to_be_hidden()


def test_time_is_up_fits_its_window(open_browser):
    somebody = open_browser(viewport={"width": 320, "height": 844}, expected=(LIMITED,))
    page = somebody.page
    page.route(re.compile("/api/sessions/[0-9a-f-]{36}$"), limited)
    somebody.comes_back_focusing(**SOON)
    expect(page.get_by_role("timer")).to_have_text("Time is up")
    for width, letters in product((320, 390), ("100%", "200%")):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
        expect(page.get_by_role("timer")).to_have_text("Time is up")
        fits(page, width)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, letters


def fits(page, width):
    """Whole lines of the time, inside of the window and below the plot."""
    plot = page.locator(".session-plot").bounding_box()
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".reading p")].map((line) => {
          const range = document.createRange();
          range.selectNodeContents(line);
          const { left, right, top } = range.getBoundingClientRect();
          return [left, right, top];
        })"""
    )
    for left, right, top in lines:
        assert 0 <= left < right <= width, lines
        assert top > plot["y"] + plot["height"] / 2, lines
