"""Long names, charts, days and forms, as they are met in a browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import AuthSession, User
from accounts.tests.factories import UserFactory
from accounts.tests.staff import superuser
from garden.models import Plant
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from stats.services import rebuild_stats
from tests.browser.looks.test_languages import INORDER
from tests.browser.steps import user_of
from tests.browser.visitor import PASSWORD

LONG = "x" * 50
# Whether the page, or a box in it, could ever be scrolled sideways.
WATCH = """() => {
    window.overflowed = [];
    const look = () => {
        const root = document.documentElement;
        const boxes = [root, ...document.querySelectorAll('.chart, .chart .scroll')];
        for (const box of boxes) {
            if (box.scrollWidth > box.clientWidth && box.clientWidth > 0) {
                window.overflowed.push(box.tagName + '.' + box.className);
            }
        }
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


def is_within(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_a_name_of_fifty_letters_breaks_no_page(open_browser, width):
    somebody = open_browser(viewport={"width": width, "height": 844})
    somebody.username = LONG[:-4] + str(width)[:4].rjust(4, "x")
    user = somebody.was_here()
    AuthSession.objects.filter(user=user).update(user_agent="z" * 256)
    somebody.comes_back_focusing(minutes=5)
    is_within(somebody.page, width)
    somebody.page.get_by_role("button", name="End now").click()
    expect(somebody.page.get_by_role("heading", name="5 minutes")).to_be_visible()
    for name in ("Garden", "Insight", "Boards", "You"):
        somebody.go_to(name)
        is_within(somebody.page, width)
    for name in ("Signing in", "Data"):
        sections = somebody.page.get_by_role("navigation", name="Settings")
        sections.get_by_text(name).click()
        expect(somebody.page.get_by_role("heading", level=1)).to_have_text(name)
        expect(somebody.page.locator(".skeleton")).to_have_count(0)
        is_within(somebody.page, width)
    somebody.page.get_by_role("button", name="Delete the account").click()
    expect(somebody.page.get_by_label("Type x")).to_be_visible()
    is_within(somebody.page, width)
    dialog = somebody.page.get_by_role("dialog")
    assert dialog.evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.parametrize("width", [390, 1280])
def test_insight_never_shows_a_bar_to_scroll_sideways(open_browser, width):
    somebody = open_browser(viewport={"width": width, "height": 844})
    somebody.page.add_init_script(f"({WATCH})()")
    somebody.comes_back("/insight")
    expect(somebody.page.get_by_role("group", name="A year")).to_be_visible()
    assert set(somebody.page.evaluate("window.overflowed")) == set()


def test_a_name_beside_its_rank_keeps_its_signs_where_one_reads_from_the_right(
    open_browser,
):
    """Signs at its ends belong to no direction, and follow that of what is around them."""
    name = "-al_fihri-"
    FocusSessionFactory(user=UserFactory(username=name), duration_min=60, done=True)
    rebuild_stats(user_id=User.objects.get(username=name).pk)
    somebody = open_browser(locale="ar-EG", viewport={"width": 1280, "height": 844})
    somebody.comes_back("/boards")
    row = somebody.page.get_by_role("row").filter(has_text=name)
    shown = row.get_by_text(name, exact=True)
    assert shown.evaluate(INORDER)
    rank, place = row.locator(".rank").bounding_box(), shown.bounding_box()
    assert rank["x"] > place["x"] + place["width"]


def test_a_session_from_before_midnight_says_whose_its_minutes_are(somebody):
    somebody.comes_back_focusing(plan=45)
    notice = somebody.page.get_by_text("its minutes are yesterday's")
    expect(notice).to_be_hidden()
    user = somebody.was_here()
    yesterday = user.local_date(timezone.now()) - timedelta(days=1)
    FocusSession.objects.filter(user=user).update(local_date=yesterday)
    somebody.page.reload()
    expect(notice).to_be_visible()
    somebody.page.get_by_role("button", name="End now").click()
    somebody.page.get_by_role("button", name="Close", exact=True).click()
    figure = somebody.page.locator(".figure", has_text="Today")
    expect(figure).to_contain_text("0 min")


def test_a_name_that_a_keyboard_completed_signs_in(somebody):
    user = UserFactory(password=PASSWORD)
    page = somebody.page
    for typed in (f"{user.username} ", f"  {user.email} "):
        page.goto("/sign-in")
        page.get_by_label("Username or e-mail").fill(typed)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        somebody.sees_start()
        somebody.context.clear_cookies()
        page.evaluate("localStorage.clear()")


def test_all_that_is_wrong_is_told_at_its_fields_and_the_first_is_next(open_browser):
    somebody = open_browser(expected=("status of 422", "status of 409"))
    page = somebody.page
    page.goto("/sign-up")
    page.get_by_role("button", name="Create account").click()
    fields = [
        page.get_by_label(label, exact=True)
        for label in ("Username", "E-mail", "Password")
    ]
    for field in fields:
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile("blank|required"))
    expect(fields[0]).to_be_focused()


def test_a_name_that_is_taken_is_told_at_its_field(open_browser):
    first = open_browser()
    first.was_here()
    second = open_browser(expected=("status of 409",))
    page = second.page
    page.goto("/sign-up")
    page.get_by_label("Username").fill(first.username.upper())
    page.get_by_label("E-mail").fill("new@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    field = page.get_by_label("Username")
    expect(field).to_have_accessible_description(re.compile("taken"))
    expect(field).to_be_focused()
    expect(page.get_by_role("alert")).to_be_hidden()


# Into how many pieces a word is broken, of all cells but those of names.
BROKEN = """() => [...document.querySelectorAll("th, td")].flatMap((cell) => {
    if (/user|name|email|device/.test(cell.className)) return [];
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (walker.nextNode()) {
        for (const { index, 0: word } of walker.currentNode.data.matchAll(/[a-z]+/gi)) {
            const range = document.createRange();
            range.setStart(walker.currentNode, index);
            range.setEnd(walker.currentNode, index + word.length);
            const lines = new Set([...range.getClientRects()].map(({ top }) => top));
            if (lines.size > 1) broken.push(word);
        }
    }
    return broken;
})"""


def enter_the_admin(page):
    page.goto("/admin/login/")
    page.locator("#id_username").fill(LONG)
    page.locator("#id_password").fill("correct horse battery")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="View site")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_the_staffs_pages_stay_whole_and_in_sight(open_browser, width, scheme):
    user = superuser(username=LONG)
    then = timezone.now() - timedelta(days=2)
    session = FocusSession.objects.create(
        user=user,
        duration_min=25,
        status="abandoned",
        created_at=then,
        ended_at=then,
        local_date=then.date(),
        timezone="UTC",
    )
    Plant.objects.create(
        user=user,
        session=session,
        plant_num=1,
        plant_type="Cherry Blossom",
        state="withered",
        created_at=then,
    )
    AuthSession.objects.create(
        user=user,
        user_agent="z" * 256,
        created_at=then,
        last_used_at=then,
        expires_at=timezone.now(),
    )
    somebody = open_browser(
        viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    page = somebody.page
    enter_the_admin(page)
    paths = (
        *("accounts/user", "accounts/authsession", "accounts/securityevent"),
        *("sessions_app/focussession", "garden/plant", "stats/userstats"),
        f"accounts/user/{user.pk}/change",
    )
    for path in paths:
        page.goto(f"/admin/{path}/")
        is_within(page, width)
        for table in page.locator(".results, .tabular").all():
            assert table.evaluate("box => box.scrollWidth <= box.clientWidth"), path
        assert page.evaluate(BROKEN) == [], path


def test_lists_of_the_staff_can_be_read_on_a_phone(open_browser):
    superuser(username=LONG)
    somebody = open_browser(viewport={"width": 390, "height": 844})
    page = somebody.page
    enter_the_admin(page)
    for path in ("accounts/user", "accounts/authsession", "accounts/securityevent"):
        page.goto(f"/admin/{path}/")
        is_within(page, 390)
    page.goto("/admin/accounts/user/")
    cell = page.locator("#result_list .field-email").first
    expect(cell).to_be_visible()
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Email"'
    box = page.locator("#result_list tbody tr").first.bounding_box()
    assert box["width"] > 330


def test_profile_sends_only_what_was_changed_in_it(somebody):
    """Caught: a new name showed on the boards who had been hidden by another device."""
    somebody.comes_back("/you")
    page = somebody.page
    User.objects.filter(username=somebody.username).update(
        leaderboard_visible=False, timezone="Asia/Tokyo"
    )
    name = f"{somebody.username}_new"
    page.get_by_label("Username").fill(f"{name} ")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    user = User.objects.get(username=name)
    assert (user.leaderboard_visible, user.timezone) == (False, "Asia/Tokyo")
    expect(page.get_by_role("switch", name="Show me")).not_to_be_checked()
    expect(page.locator(".zone-now")).to_contain_text("TokyoUTC+9")


def test_zone_that_is_offered_is_where_the_device_is_now(somebody):
    """Caught: a page that stayed open over a flight offered the zone of its start."""
    somebody.comes_back("/you")
    device = somebody.context.new_cdp_session(somebody.page)
    device.send("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"})
    offer = somebody.page.get_by_role("button", name="Use this device's")
    expect(offer).to_have_text("Use this device's: Tokyo")
    device.send("Emulation.setTimezoneOverride", {"timezoneId": "America/New_York"})
    expect(offer).to_have_text("Use this device's: New York")
    offer.click()
    expect(somebody.page.locator(".zone-now")).to_contain_text("New York")
    expect(offer).to_be_hidden()
    page = somebody.page
    page.get_by_role("button", name="Change Time zone").click()
    page.get_by_role("combobox").fill("calcutta")
    page.keyboard.press("Enter")
    expect(page.locator(".zone-now")).to_contain_text("KolkataUTC+5:30")
    assert user_of(somebody).timezone == "Asia/Kolkata"
