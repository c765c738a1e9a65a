"""Preferences, plan, labels and the steps after a sign-up, on more than one device."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Preferences
from accounts.preferences.services import change_preferences
from local.processes import wait_until
from sessions_app.models import FocusSession, Label
from sessions_app.services import start_session
from stats.models import DayOff, FocusPlan
from tests.browser.steps import user_of
from tests.browser.visitor import PASSWORD
from tests.harness.bounds import DEADLINE


def row(page, name):
    return page.locator(".setting").filter(has=page.get_by_text(name, exact=True))


def preferences_of(somebody):
    return Preferences.objects.get(pk=user_of(somebody).pk)


def test_preferences_hold_at_once_here_in_other_tabs_and_on_other_devices(somebody):
    """Caught: all preferences sent with one, which took back what the phone had changed."""
    somebody.comes_back("/settings")
    page, other = somebody.page, somebody.context.new_page()
    other.goto("/settings")
    expect(other.get_by_role("switch", name="Breaks")).to_be_checked()
    # The phone changes one thing and this page another, of which neither knows.
    change_preferences(user_id=user_of(somebody).pk, changes={"volume": 75})
    # React may draw what is chosen after the click, where uncheck() looks at once.
    page.get_by_role("switch", name="Breaks").click()
    expect(row(page, "Breaks").get_by_role("status")).to_have_text("Saved")
    expect(other.get_by_role("switch", name="Breaks")).not_to_be_checked()
    for tab in (page, other):
        expect(tab.get_by_role("slider", name="Volume")).to_have_value("75")
    assert (preferences_of(somebody).breaks, preferences_of(somebody).volume) == (
        False,
        75,
    )
    # Whoever leaves the page at once has changed a number too.
    more = page.get_by_role("button", name="More: Focus", exact=True)
    for _ in range(4):
        more.click()
    expect(page.get_by_role("textbox", name="Focus")).to_have_value("45")
    page.get_by_role("navigation", name="Settings").get_by_text("Plan").click()
    expect(page.get_by_role("heading", name="Plan", level=1)).to_be_visible()
    page.get_by_role("navigation", name="Settings").get_by_text("Preferences").click()
    expect(page.get_by_role("textbox", name="Focus")).to_have_value("45")
    assert wait_until(
        lambda: preferences_of(somebody).focus_min == 45, seconds=DEADLINE
    )


def test_plan_holds_from_today_on_and_days_off_say_their_bounds(open_browser):
    somebody = open_browser(
        viewport={"width": 1280, "height": 900}, expected=("status of 409",)
    )
    user = somebody.was_here()
    today = user.local_date(timezone.now())
    # As many as a year may have, far from today.
    first = today.replace(month=1 if today.month > 6 else 7, day=1)
    DayOff.objects.bulk_create(
        DayOff(user=user, day=first + timedelta(days=n), kind="away") for n in range(90)
    )
    somebody.comes_back("/settings/plan")
    page = somebody.page
    page.get_by_role("radio", name="1 h", exact=True).check()
    page.get_by_role("button", name="Saturday", exact=True).click()
    page.get_by_role("button", name="Sunday", exact=True).click()
    expect(page.get_by_text("On 5 days that makes 5 h a week.")).to_be_visible()
    expect(page.get_by_text("It holds since today.")).to_be_visible()

    def planned():
        plan = FocusPlan.objects.filter(user=user)
        return plan.values_list("from_date", "daily_min", "weekdays").first()

    assert wait_until(lambda: planned() == (today, 60, 0b11111), seconds=DEADLINE)

    day = page.locator(f'[data-day="{today}"]')
    day.click()
    page.get_by_role("radio", name="Ill").check()
    take = page.get_by_role("button", name="Take the day off")
    take.click()
    expect(page.get_by_role("alert")).to_contain_text("at most 90 days off")
    DayOff.objects.filter(user=user, day=first).delete()
    take.click()
    expect(day).to_have_attribute("data-kind", "ill")
    assert DayOff.objects.get(user=user, day=today).kind == "ill"
    page.get_by_role("button", name="Give back").last.click()
    expect(day).not_to_have_attribute("data-kind", "ill")
    assert not DayOff.objects.filter(user=user, day=today).exists()


def test_label_is_made_changed_and_deleted_and_its_minutes_stay(open_browser):
    somebody = open_browser(
        viewport={"width": 390, "height": 844}, expected=("status of 409",)
    )
    somebody.comes_back("/settings/labels")
    page, user = somebody.page, user_of(somebody)
    expect(page.get_by_text("No labels yet")).to_be_visible()
    name = page.get_by_role("textbox", name="Name")
    for wanted in ("Thesis", "thesis"):
        name.fill(wanted)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("button", name="Thesis")).to_be_visible()
    expect(name).to_have_accessible_description("You have a label of this name.")
    label = Label.objects.get(user=user)
    session = start_session(user_id=user.pk, duration_min=25, label_id=label.pk)

    page.get_by_role("button", name="Thesis").click()
    field = page.locator(".label-changes").get_by_label("Name")
    field.fill("Piano")
    field.press("Enter")
    expect(page.get_by_role("button", name="Piano")).to_be_visible()
    violet = page.locator(".label-changes").get_by_role("radio", name="Violet")
    violet.click()
    expect(violet).to_be_checked()
    expect(page.locator(".label-dot")).to_have_attribute("data-color", "violet")
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("heading", name="Archived")).to_be_visible()
    kept = Label.objects.filter(
        pk=label.pk, name="Piano", color="violet", archived_at__isnull=False
    )
    assert wait_until(kept.exists, seconds=DEADLINE)
    # It stays open, where it is now.
    page.get_by_role("button", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 session or entry carries it: it stays")
    dialog.get_by_role("button", name="Delete the label").click()
    expect(page.get_by_text("No labels yet")).to_be_visible()
    assert FocusSession.objects.get(pk=session.pk).label_id is None


def test_steps_after_a_sign_up_lead_to_a_start_and_come_once(open_browser):
    """Case: skipped, reloaded, done on another device; never twice."""
    somebody = open_browser(viewport={"width": 390, "height": 664})
    page = somebody.page
    page.goto("/sign-up")
    page.get_by_label("Username").fill(somebody.username)
    page.get_by_label("E-mail").fill(f"{somebody.username}@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("button", name="That is my time").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("What is a good day for you?")
    expect(heading).to_be_focused()
    page.get_by_role("button", name="60 minutes").click()
    user = user_of(somebody)
    plan = FocusPlan.objects.filter(user=user, daily_min=60)
    assert wait_until(plan.exists, seconds=DEADLINE)
    # A reload begins anew, and loses nothing that was chosen.
    page.reload()
    skip = page.get_by_role("button", name="Skip this")
    skip.click()
    skip.click()
    page.get_by_role("radio", name="Tulip").check()
    page.get_by_role("button", name="Plant it and begin").click()
    somebody.sees_start()
    # With the plant that was chosen, and nothing left to be chosen.
    expect(page.get_by_role("radio", name="Tulip")).to_be_checked()
    kept = Preferences.objects.get(pk=user.pk)
    assert kept.onboarded_at is not None
    assert FocusPlan.objects.get(user=user).daily_min == 60
    for path in ("/welcome", "/sign-up", "/"):
        page.goto(path)
        somebody.sees_start()
        assert page.url.endswith("/")

    # Two devices that are both at the first step: what one skips is over on the other.
    Preferences.objects.filter(pk=user.pk).update(onboarded_at=None)
    phone = open_browser(viewport={"width": 390, "height": 844}).page
    phone.goto("/sign-in")
    phone.get_by_label("Username or e-mail").fill(somebody.username)
    phone.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Sign in").click()
    # A sign-in leads to Today: the steps hold up nobody who has an account.
    somebody.sees_start(phone)
    phone.goto("/welcome")
    somebody.skips_the_steps(phone)
    somebody.sees_start(phone)
    page.goto("/welcome")
    somebody.sees_start()
