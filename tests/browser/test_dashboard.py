"""The first day of a new user, and what may go wrong on it."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Error, expect

from accounts.devices.ending import revoke_devices
from accounts.models import AuthSession, User
from garden.models import Plant
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from stats.services import rebuild_stats
from tests.browser.steps import (
    OFFLINE,
    assert_shows_left,
    began,
    only,
    user_of,
)

REFUSED = "the server responded with a status of 401"


def test_first_day_of_a_new_user(open_browser):
    """With all that moves: other tests look at what stands still."""
    somebody = open_browser(
        viewport={"width": 1280, "height": 900}, reduced_motion="no-preference"
    )
    somebody.sign_up()
    somebody.start(plant="Sunflower")
    began(somebody, minutes=24, seconds=57)
    page = somebody.page
    page.reload()
    # The last seconds run out before their eyes.
    expect(page.get_by_role("heading", name="25 minutes of focus")).to_be_visible()
    expect(page.get_by_role("img", name="Sunflower, grown")).to_be_visible()
    brought = page.get_by_role("region", name="What it brought")
    for reward in ("+25 XP", "A streak of one day", "25 minutes today", "Opens at"):
        expect(brought).to_contain_text(reward)
    expect(page.get_by_text("A session tomorrow makes it 2 days.")).to_be_visible()
    expect(
        page.get_by_role("button", name=re.compile(r"^Break 4:\d\d$"))
    ).to_be_visible()
    page.get_by_label("What did you get done?").fill("The first chapter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved in your history.")).to_be_visible()
    assert only(somebody).note == "The first chapter"
    somebody.go_to("Garden")
    # It sways in the wind, and is never still enough for a click.
    page.get_by_role("button", name="Sunflower, grown, 25 minutes").press("Enter")
    expect(page.get_by_role("dialog", name="Sunflower")).to_contain_text("25 min")
    page.keyboard.press("Escape")
    somebody.go_to("Insight")
    expect(page.get_by_role("heading", name="Your first week")).to_be_visible()
    expect(page.get_by_role("group", name="A year")).to_have_accessible_name(
        re.compile("25 minutes in all")
    )
    expect(page.get_by_text("Your streak is safe for today")).to_be_visible()
    somebody.go_to("Boards")
    expect(page.get_by_role("row", name=somebody.username)).to_contain_text("25")
    somebody.go_to("You")
    expect(page.get_by_role("heading", name=somebody.username)).to_be_visible()
    page.get_by_role("link", name="Signing in").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_reload_goes_on_where_it_was(somebody):
    somebody.comes_back_focusing(plan=45, minutes=10)
    timer = somebody.page.get_by_role("timer")
    ends = only(somebody).created_at + timedelta(minutes=45)
    assert_shows_left(timer.inner_text, ends, at_most=35 * 60, off_by=5)
    expect(somebody.page).to_have_title(re.compile(r"^\d\d:\d\d · FocusGuard$"))
    assert_shows_left(somebody.page.title, ends, at_most=35 * 60, off_by=5)


def test_timer_is_the_servers_whatever_the_computer_thinks(somebody):
    """Caught: a countdown from the time at which the answer came."""
    wrong = datetime.now(UTC) + timedelta(hours=3)
    somebody.page.clock.install(time=wrong)
    somebody.comes_back_focusing(minutes=5)
    expect(somebody.page.get_by_role("timer")).to_have_text(re.compile("^(20|19):"))


def test_time_that_ran_out_while_the_laptop_was_closed_is_credited(somebody):
    somebody.comes_back_focusing()
    began(somebody, minutes=50)
    somebody.page.reload()
    expect(
        somebody.page.get_by_role("heading", name="25 minutes of focus")
    ).to_be_visible()


def test_giving_up_asks_once_and_withers(somebody):
    somebody.comes_back_focusing(plant="Rose")
    page = somebody.page
    page.get_by_role("button", name="Give up").click()
    page.get_by_role("button", name="Keep going").click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.get_by_role("button", name="Give up").click()
    page.get_by_role("button", name="Yes, give up").click()
    expect(page.get_by_role("heading", name="Given up")).to_be_visible()
    expect(page.get_by_role("img", name="Rose, withered")).to_be_visible()
    assert Plant.objects.get(user=user_of(somebody)).state == "withered"


def test_what_withers_stays_as_tall_as_it_stood(somebody):
    page = somebody.page
    with page.expect_response("**/api/garden/*") as grown:
        somebody.comes_back_focusing(plant="Rose", minutes=11)
    assert grown.value.request.method == "PATCH"
    assert grown.value.json()["growth_stage"] == 2
    # The ring's own circles have no filling: a plant within it would lose its own.
    expect(page.locator(".dial .plant")).to_be_visible()
    expect(page.locator(".ring .plant")).to_have_count(0)
    page.get_by_role("button", name="Give up").click()
    page.get_by_role("button", name="Yes, give up").click()
    expect(page.get_by_role("img", name="Rose, withered, stage 2")).to_be_visible()


def test_two_tabs_agree(somebody):
    somebody.comes_back()
    second = somebody.context.new_page()
    second.goto("/")
    somebody.sees_start(second)
    somebody.start()
    expect(second.get_by_role("timer")).to_be_visible()
    began(somebody, minutes=3)
    second.get_by_role("button", name="End now").click()
    expect(second.get_by_role("heading", name="3 minutes of focus")).to_be_visible()
    somebody.sees_start()
    assert FocusSession.objects.filter(user=user_of(somebody)).count() == 1


def test_tabs_refresh_at_once_and_stay_signed_in(somebody):
    """Caught: two rotations at once, of which the server takes one for theft."""
    somebody.comes_back()
    others = [somebody.context.new_page() for _ in range(3)]
    for _ in range(3):
        for page in others:
            page.goto("/", wait_until="commit")
        for page in others:
            somebody.sees_start(page)
    assert AuthSession.objects.live().filter(user=user_of(somebody)).count() == 1


def test_sign_out_reaches_every_tab(somebody):
    somebody.comes_back()
    second = somebody.context.new_page()
    second.goto("/you/signing-in")
    second.get_by_role("button", name="Sign out", exact=True).click()
    for page in (second, somebody.page):
        expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_sign_out_lets_no_other_tab_be_refused(somebody):
    """Caught: what another tab was just asking for arrived after the sign-out."""
    somebody.comes_back()
    second = somebody.context.new_page()
    second.goto("/you/signing-in")
    asked = []
    somebody.page.route("**/api/leaderboard/xp*", lambda route: asked.append(route))
    with somebody.page.expect_request("**/api/leaderboard/xp*"):
        somebody.page.get_by_role("link", name="Boards").click()
    with second.expect_response("**/api/auth/logout"):
        second.get_by_role("button", name="Sign out", exact=True).click()
    for route in asked:
        with suppress(Error):  # called off
            route.continue_()
    for page in (second, somebody.page):
        expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
        page.wait_for_load_state("networkidle")


def test_end_is_sent_once_when_the_network_is_back(open_browser):
    somebody = open_browser(expected=(OFFLINE,))
    somebody.comes_back_focusing(minutes=7)
    somebody.context.set_offline(True)
    somebody.page.get_by_role("button", name="End now").click()
    expect(somebody.page.get_by_text("You are offline.")).to_be_visible()
    assert FocusSession.objects.get(user=user_of(somebody)).status == "active"
    somebody.context.set_offline(False)
    expect(
        somebody.page.get_by_role("heading", name="7 minutes of focus")
    ).to_be_visible()
    user = user_of(somebody)
    assert (user.xp_points, user.focus_sessions.count()) == (7, 1)


def test_lost_answer_starts_nothing_twice(open_browser):
    """The session is started, and the browser never hears of it."""
    somebody = open_browser(expected=("net::ERR_FAILED",))
    somebody.comes_back()
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    somebody.page.route("**/api/sessions", lose)
    # The plant is sent after the session is shown: its picture waits for no answer.
    with somebody.page.expect_response("**/api/garden") as planted:
        somebody.start()
    assert planted.value.status == 201
    assert lost == [201]
    assert FocusSession.objects.filter(user=user_of(somebody)).count() == 1
    assert Plant.objects.filter(user=user_of(somebody)).count() == 1


def test_token_that_ended_in_the_middle_is_not_noticed(open_browser):
    somebody = open_browser(expected=(REFUSED,))
    somebody.comes_back()
    spoiled = []

    def spoil(route):
        headers = route.request.headers
        if not spoiled:
            headers |= {"authorization": headers["authorization"] + "x"}
            spoiled.append(route.request.url)
        route.continue_(headers=headers)

    somebody.page.route("**/api/sessions", spoil)
    with somebody.page.expect_response("**/api/auth/refresh") as refreshed:
        somebody.start()
    assert refreshed.value.status == 200
    assert spoiled
    assert FocusSession.objects.filter(user=user_of(somebody)).count() == 1


def test_token_is_refreshed_before_it_ends(somebody):
    somebody.page.clock.install()
    somebody.sign_up()
    with somebody.page.expect_response("**/api/auth/refresh") as refreshed:
        somebody.page.clock.fast_forward("14:30")
    assert refreshed.value.status == 200


def test_device_that_was_ended_is_signed_out(open_browser):
    somebody = open_browser(expected=(REFUSED,))
    somebody.comes_back()
    revoke_devices(user=user_of(somebody), reason=AuthSession.RevokedReason.LOGOUT_ALL)
    somebody.page.get_by_role("link", name="Garden").click()
    expect(somebody.page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_streak_goes_by_the_days_of_the_users_zone(open_browser):
    """Across midnight in Auckland, before a browser in Los Angeles."""
    somebody = open_browser(timezone_id="America/Los_Angeles")
    user = somebody.was_here()
    user.timezone = "Pacific/Auckland"
    user.save()
    today = user.local_date(timezone.now())
    for day in (today - timedelta(days=1), today - timedelta(days=2)):
        noon = datetime.combine(day, datetime.min.time(), user.zone) + timedelta(
            hours=1
        )
        FocusSessionFactory(
            user=user,
            created_at=noon,
            local_date=day,
            timezone=user.timezone,
            done=True,
        )
    rebuild_stats(user_id=user.pk)
    page = somebody.page
    page.goto("/insight")
    expect(page.locator(".figure", has_text="Streak").first).to_contain_text("2 days")
    expect(page.get_by_text("Pacific/Auckland")).to_contain_text("keeps it")
    newest = page.locator(".cell[data-today=true]")
    expect(newest).to_have_accessible_name(re.compile(f"{today:%A}, .* {today.day},"))
    expect(newest).to_have_attribute("href", f"/history?day={today}")


def test_wrong_fields_are_told_at_their_fields(open_browser):
    somebody = open_browser(expected=("status of 422",))
    page = somebody.page
    page.goto("/sign-up")
    page.get_by_label("Username").fill("no spaces please")
    page.get_by_label("E-mail").fill("somebody@example.com")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Create account").click()
    for label in ("Username", "Password"):
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile("[a-z]"))
    expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "false")


def test_account_is_deleted_by_its_name(somebody):
    somebody.comes_back("/you/data")
    page = somebody.page
    page.get_by_role("button", name="Delete the account").click()
    yes = page.get_by_role("button", name="Delete for ever")
    expect(yes).to_be_disabled()
    page.get_by_label(f"Type {somebody.username}").fill(somebody.username)
    yes.click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    assert not User.objects.filter(username=somebody.username).exists()


def test_everything_can_be_taken_along(somebody):
    somebody.comes_back("/you/data")
    with somebody.page.expect_download() as taken:
        somebody.page.get_by_role("button", name="Download all of it").click()
    assert taken.value.suggested_filename == "focusguard.json"
    assert somebody.username in taken.value.path().read_text()


def test_large_garden_is_all_there_on_one_page(somebody):
    """Found by the keyboard and as a list, month by month and in its year."""
    user = somebody.was_here()
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    made = FocusSession.objects.bulk_create(
        FocusSessionFactory.build(
            user=user, created_at=begin + timedelta(hours=n), done=True
        )
        for n in range(250)
    )
    Plant.objects.bulk_create(
        Plant(
            user=user,
            session=session,
            plant_num=n,
            plant_type="Fern",
            growth_stage=5,
            state="grown",
            created_at=session.created_at,
        )
        for n, session in enumerate(made, 1)
    )
    rebuild_stats(user_id=user.pk)
    somebody.comes_back("/garden?part=year&month=2026-12")
    page = somebody.page
    page.get_by_role("button", name="March 2026 250 plants").click()
    plants = page.get_by_role("button", name="Fern, grown, 25 minutes")
    expect(plants).to_have_count(250)
    plants.first.focus()
    page.keyboard.press("End")
    expect(plants.last).to_be_focused()
    page.keyboard.press("Enter")
    day = page.get_by_role("dialog", name="Fern").get_by_role("link")
    expect(day).to_have_attribute("href", "/history?day=2026-03-12")
    page.keyboard.press("Escape")
    expect(plants.last).to_be_focused()
    page.get_by_role("radio", name="List").check()
    expect(page.locator(".plant-list li")).to_have_count(250)
