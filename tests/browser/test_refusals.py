"""Refusals and lost networks: every page tells of them, and nothing waits unseen."""

import re

from playwright.sync_api import expect

from accounts.models import User
from tests.browser.steps import (
    ABORTED,
    OFFLINE,
    began,
    give_up,
    reports_growth,
)
from tests.browser.visitor import PASSWORD

FAULT = "the server responded with a status of 500"
REFUSED = "the server responded with a status of 401"


def fault(route):
    error = {"message": "A fault of ours.", "error_code": "INTERNAL_ERROR"}
    route.fulfill(status=500, json={"detail": error})


FIGURES = [
    ("/", "stats/today"),
    ("/", "garden/species"),
    ("/garden", "garden/species"),
    ("/garden", "garden/landscape?*"),
    ("/insight", "stats/calendar*"),
    ("/insight", "stats/today"),
    ("/insight", "users/me"),
    ("/boards", "stats/me"),
    ("/boards", "users/me"),
    ("/settings", "garden/species"),
    ("/settings/plan", "plan"),
    ("/settings/plan", "days-off"),
    ("/settings/labels", "labels"),
    ("/you/signing-in", "auth/devices"),
]


def test_figures_that_were_refused_can_be_asked_for_again(open_browser):
    """Caught: a skeleton for ever, or an empty page, and no word of why."""
    somebody = open_browser(expected=(FAULT,))
    somebody.was_here()
    page = somebody.page
    for path, asked in FIGURES:
        page.route(f"**/api/{asked}", fault)
        page.goto(path)
        said = page.get_by_role("alert").filter(has_text="A fault of ours.")
        expect(said, f"{path} without {asked}").to_be_visible()
        page.unroute(f"**/api/{asked}")
        said.get_by_role("button", name="Try again").click()
        expect(said, f"{path} without {asked}").to_be_hidden()
        expect(page.locator(".skeleton")).to_have_count(0)


def test_nothing_that_a_hand_did_waits_unseen_for_the_network(open_browser):
    """Caught: a button that stayed grey, and a sign-out that came with the network."""
    somebody = open_browser(expected=(OFFLINE,))
    somebody.comes_back("/you")
    page = somebody.page
    page.get_by_label("Username").fill("another_name")
    sections = page.get_by_role("navigation", name="Settings")

    def refused(act):
        # Its page is fetched as well.
        expect(act).to_be_visible()
        somebody.context.set_offline(True)
        act.click()
        row = page.locator(".setting").filter(has=act)
        expect(row.get_by_role("alert")).to_contain_text("No connection.")
        somebody.context.set_offline(False)

    refused(page.get_by_role("button", name="Save"))
    sections.get_by_role("link", name="Data").click()
    refused(page.get_by_role("button", name="Sessions as CSV"))
    sections.get_by_role("link", name="Preferences").click()
    breaks = page.get_by_role("switch", name="Breaks")
    refused(breaks)
    # What was refused does not hold, and is not shown as if it did.
    expect(breaks).to_be_checked()
    sections.get_by_role("link", name="Signing in").click()
    refused(page.get_by_role("button", name="Sign out everywhere"))
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    somebody.context.set_offline(True)
    page.get_by_label("Username or e-mail").fill(somebody.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("No connection.")
    somebody.context.set_offline(False)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Signing in")).to_be_visible()


def test_sign_up_whose_answer_was_lost_can_be_sent_again(open_browser):
    """Caught: the name was taken, by the one who chose it."""
    somebody = open_browser(expected=(ABORTED,))
    page = somebody.page

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/api/auth/register", lose, times=1)
    page.goto("/sign-up")
    page.get_by_label("Username").fill(somebody.username)
    page.get_by_label("E-mail").fill(f"{somebody.username}@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert")).to_have_text("No connection.")
    page.get_by_role("button", name="Create account").click()
    somebody.skips_the_steps()
    somebody.sees_start()
    assert User.objects.filter(username=somebody.username).count() == 1


def test_other_pages_say_truly_how_a_session_ended(somebody):
    """Caught: "Ended by itself" of what was given up, "Time is up" of what was cut short."""
    somebody.comes_back_focusing()
    give_up(somebody.page)
    expect(somebody.page.get_by_role("heading", name="Given up")).to_be_visible()
    somebody.go_to("Garden")
    news = somebody.page.get_by_role("status").filter(has_text="Put away")
    expect(news).to_have_text(re.compile("^Given up"))
    somebody.go_to("Today")
    somebody.page.get_by_role("button", name="Close", exact=True).click()
    somebody.start()
    began(somebody, minutes=3)
    somebody.page.reload()
    somebody.page.get_by_role("button", name="End now").click()
    expect(somebody.page.get_by_role("heading", name="3 minutes")).to_be_visible()
    somebody.go_to("Garden")
    expect(news).to_have_text(re.compile("^3 minutes of focus"))


def test_session_without_a_plant_is_no_error(somebody):
    """Caught: a 404 in the console for each look at it, which the fixture refuses."""
    somebody.comes_back()
    page = somebody.page
    page.get_by_role("radio", name="Nothing this time").check()
    page.get_by_role("button", name="Start focusing").click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.reload()
    expect(page.get_by_role("timer")).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_open_session_that_was_left_is_no_error(somebody):
    """Caught: the page completed what had been given up for it: a 409 in the console."""
    page = somebody.page
    # A stage that is reported after the session was left is refused, and rightly.
    with page.expect_response(reports_growth):
        somebody.comes_back_focusing(plan=None, minutes=239)
    began(somebody, hours=5)
    page.reload()
    expect(page.get_by_role("heading", name="Ended by itself")).to_be_visible()
    # Behind it: what the page asks first was answered by then.
    somebody.go_to("History")
    expect(page.get_by_role("heading", level=1, name="History")).to_be_visible()


def test_tab_that_heard_nothing_shows_the_next_person_nothing_of_the_one_before(
    open_browser,
):
    """Caught: what had ended was shown to whoever signed in next."""
    somebody = open_browser(expected=(REFUSED,))
    somebody.context.add_init_script("delete window.BroadcastChannel;")
    somebody.comes_back_focusing(minutes=7)
    left = somebody.page
    left.get_by_role("button", name="End now").click()
    expect(left.get_by_role("heading", name="7 minutes of focus")).to_be_visible()
    somebody.page = somebody.context.new_page()
    somebody.page.goto("/you/signing-in")
    somebody.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(somebody.page.get_by_role("heading", name="Welcome back")).to_be_visible()
    somebody.username += "_b"
    somebody.sign_up()
    left.get_by_role("navigation").get_by_role("link", name="You").click()
    expect(left.get_by_role("heading", name=somebody.username)).to_be_visible()
    expect(left.get_by_text("7 minutes of focus")).to_be_hidden()


THROWING = """
Object.defineProperty(navigator, "locks", { get() { throw new Error("no"); } });
BroadcastChannel.prototype.postMessage = () => { throw new Error("no"); };
"""


def test_locks_and_channels_that_throw_keep_nobody_out(somebody):
    """Caught: no sign-in, no start and no reload worked."""
    somebody.context.add_init_script(THROWING)
    somebody.sign_up()
    somebody.start()
    somebody.page.reload()
    expect(somebody.page.get_by_role("timer")).to_be_visible()
    somebody.page.get_by_role("button", name="End now").click()
    expect(somebody.page.get_by_role("heading", name="A short one")).to_be_visible()


def test_word_of_a_success_goes_when_somebody_types_on(somebody):
    somebody.comes_back("/you")
    page = somebody.page
    field = page.get_by_label("Username")
    row = page.locator(".setting").filter(has=field)
    field.fill(f"{somebody.username}_2")
    page.get_by_role("button", name="Save").click()
    expect(row.get_by_role("status")).to_have_text("Saved")
    field.fill("else")
    expect(row.get_by_role("status")).to_have_text("")


def test_large_letters_on_a_small_phone_hide_no_page(open_browser):
    """Caught: at 320 px and 200 %, two of the five pages were out of sight."""
    somebody = open_browser(viewport={"width": 320, "height": 640})
    somebody.was_here()
    page = somebody.page
    for path in ("/", "/garden", "/insight", "/boards", "/you", "/settings/plan"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
        links = page.get_by_role("navigation").get_by_role("link")
        for n in range(5):
            box = links.nth(n).bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 320, (path, n)
            fits = "link => link.scrollWidth <= link.clientWidth"
            assert links.nth(n).evaluate(fits), (path, n)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_start_is_in_sight_on_a_short_phone(open_browser):
    somebody = open_browser(viewport={"width": 390, "height": 664})
    somebody.comes_back()
    start = somebody.page.get_by_role("button", name="Start focusing").bounding_box()
    nav = somebody.page.get_by_role("navigation", name="Main").bounding_box()
    assert start["y"] + start["height"] <= nav["y"]


def test_way_out_of_what_waits_is_in_sight_on_a_short_phone(open_browser):
    """Caught: it came up under the bar at the foot."""
    somebody = open_browser(
        viewport={"width": 390, "height": 664}, expected=(OFFLINE, "status of 503")
    )
    somebody.comes_back()
    page = somebody.page
    nav = page.get_by_role("navigation", name="Main").bounding_box()

    def is_in_sight(name):
        button = page.get_by_role("button", name=name)
        expect(button).to_be_visible()
        box = button.bounding_box()
        return box["y"] + box["height"] <= nav["y"]

    page.route("**/api/sessions", lambda route: route.fulfill(status=503, json={}))
    page.get_by_role("button", name="Start focusing").click()
    assert is_in_sight("Do not start")
    page.get_by_role("button", name="Do not start").click()
    page.unroute("**/api/sessions")
    somebody.start()
    somebody.context.set_offline(True)
    page.get_by_role("button", name="End now").click()
    assert is_in_sight("Keep going instead")
    somebody.context.set_offline(False)
    expect(page.get_by_role("heading", name="A short one")).to_be_visible()
