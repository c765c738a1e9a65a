"""The history, and files of other programs, as they are met in a browser."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from garden.services import plant_for_session
from importing import steps
from importing.models import Import
from sessions_app.entries.services import tell
from sessions_app.entries.tellings import Telling
from sessions_app.models import Entry, FocusSession
from sessions_app.services import complete_session, start_session
from tests.browser.steps import CLOCK, at_noon, user_of

SOON = "performance.now() + 700"


def focused(user, *, minutes=25, plant=None, **ago):
    """Store a completed session that began so long `ago`."""
    began = timezone.now() - timedelta(**ago)
    session = start_session(user_id=user.pk, duration_min=minutes, now=began)
    if plant:
        plant_for_session(
            user_id=user.pk, session_id=session.pk, plant_type=plant, now=began
        )
    ended = began + timedelta(minutes=minutes)
    return complete_session(user_id=user.pk, session_id=session.pk, now=ended)


def told(user, minutes, **ago):
    day = user.local_date(timezone.now() - timedelta(**ago))
    telling = Telling(local_date=day, minutes=minutes, note="On paper")
    return tell(user_id=user.pk, telling=telling)


def test_a_deletion_is_confirmed_by_nobody_who_saw_other_figures(somebody):
    user = somebody.was_here()
    old = focused(user, days=2)
    focused(user, days=1, plant="Daisy")
    somebody.comes_back("/history")
    page = somebody.page
    page.get_by_role("button", name=re.compile("^Focus.*25 min")).last.click()
    page.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog", name="Delete this session?")
    expect(dialog).to_contain_text("25 minutes of focus go; 25 min stay.")
    expect(dialog).to_contain_text("from 2 days to 1 day")
    # Another device completes a session while somebody reads.
    focused(user, minutes=30, hours=1)
    dialog.get_by_role("button", name="Delete").click()
    expect(dialog).to_contain_text("This changed meanwhile.")
    expect(dialog).to_contain_text("25 minutes of focus go; 55 min stay.")
    assert FocusSession.objects.filter(pk=old.pk).exists()
    still = dialog.get_by_role("button", name="Delete all the same")
    clicked_late(page, still)
    expect(page.get_by_text("Deleted.")).to_be_visible()
    assert not FocusSession.objects.filter(pk=old.pk).exists()


def clicked_late(page, button):
    """Click when the click counts: later than a blink after the figures changed."""
    page.wait_for_function("at => performance.now() > at", arg=page.evaluate(SOON))
    button.click()


def test_entries_are_told_from_sessions_without_any_colour(somebody):
    user = somebody.was_here()
    focused(user, days=1, plant="Tulip")
    told(user, 40, days=1)
    told(user, 30, days=3)
    somebody.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    somebody.comes_back("/history")
    page = somebody.page
    rows = page.locator(".record")
    expect(rows).to_have_count(3)
    entry = page.locator(".record.entry").first
    expect(entry).to_contain_text("Entry")
    # Shape and not colour alone: hatched, in the list, its sum and its calendar.
    for place in (
        entry.locator(".record-tile"),
        page.locator(".minutes-sum .told i").first,
    ):
        assert "gradient" in place.evaluate("x => getComputedStyle(x).backgroundImage")
    expect(page.locator(".record.session .hatched")).to_have_count(0)
    yesterday = page.get_by_role(
        "button", name=re.compile("25 min of focus, 40 min told")
    )
    expect(yesterday.locator(".told-foot.hatched")).to_be_attached()
    alone = page.get_by_role("button", name=re.compile("Entries alone, 30 min told"))
    expect(alone.locator(".mark-manual")).to_be_attached()
    alone.click()
    expect(page).to_have_url(re.compile(r"\?day=\d{4}-\d\d-\d\d$"))
    expect(rows).to_have_count(1)
    page.go_back()
    expect(rows).to_have_count(3)
    # The address has the choice, and shows it a moment after the click.
    page.get_by_role("radio", name="Entries").click()
    expect(page).to_have_url(re.compile(r"\?kind=entry$"))
    expect(rows).to_have_count(2)


def test_an_entry_is_added_where_its_time_is_free(open_browser):
    somebody = open_browser(expected=("status of 409",))
    user = somebody.was_here()
    session = focused(user, days=1)
    day = session.local_date.isoformat()
    somebody.comes_back(f"/history?day={day}")
    page = somebody.page
    page.get_by_role("button", name="Add an entry").first.click()
    sheet = page.get_by_role("dialog", name="Add an entry")
    began = session.created_at.astimezone(ZoneInfo(user.timezone))
    sheet.get_by_role("button", name="Add").click()
    expect(sheet.get_by_label("From", exact=True)).to_be_focused()
    expect(sheet.get_by_label("To", exact=True)).to_have_accessible_description(
        re.compile("when it ended")
    )
    sheet.get_by_label("From", exact=True).fill(f"{began:%H:%M}")
    sheet.get_by_label("To", exact=True).fill(f"{began + timedelta(minutes=20):%H:%M}")
    sheet.get_by_role("button", name="Add").click()
    expect(sheet.get_by_label("From", exact=True)).to_have_accessible_description(
        re.compile("This time is taken: Session")
    )
    sheet.get_by_role("radio", name="Minutes only").check()
    sheet.get_by_label("Minutes", exact=True).fill("50")
    sheet.get_by_label("Note").fill("In the library")
    sheet.get_by_role("button", name="Add").click()
    expect(page.get_by_role("status").get_by_text("50 min added")).to_be_visible()
    entry = Entry.objects.get(user=user)
    assert (entry.minutes, entry.note) == (50, "In the library")
    page.locator(".record.entry").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Delete this entry?").get_by_role(
        "button", name="Delete"
    ).click()
    expect(page.locator(".record.entry")).to_have_count(0)
    assert not Entry.objects.filter(user=user).exists()


def test_entry_of_a_device_on_another_day_is_of_the_services_day(somebody):
    """Caught: a day by the clock of the device, which was a day behind."""
    user, page = at_noon(somebody.was_here()), somebody.page
    page.add_init_script(CLOCK)
    page.add_init_script("moveClock(-86_400_000)")
    somebody.comes_back("/history")
    first = user.local_date(timezone.now())
    page.get_by_role("button", name="Add an entry").first.click()
    sheet = page.get_by_role("dialog", name="Add an entry")
    sheet.get_by_role("radio", name="Minutes only").click()
    sheet.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status").get_by_text("25 min added")).to_be_visible()
    day = Entry.objects.get(user=user).local_date
    assert first <= day <= user.local_date(timezone.now())


def test_a_long_list_goes_on_by_itself_and_keeps_its_place(somebody):
    user = somebody.was_here()
    for n in range(1, 121):
        focused(user, minutes=5, days=n)
    somebody.comes_back("/history")
    page = somebody.page
    rows = page.locator(".record")
    while (shown := rows.count()) < 120:
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        # An idle network is no event: it is idle too before the list asks for more.
        page.wait_for_function(
            "(n) => document.querySelectorAll('.record').length > n", arg=shown
        )
    expect(rows).to_have_count(120)
    place = page.evaluate("scrollTo(0, 3000), scrollY")
    page.wait_for_function(f"() => scrollY === {place}")
    somebody.go_to("Garden")
    page.go_back()
    expect(rows).to_have_count(120)
    page.wait_for_function(f"() => Math.abs(scrollY - {place}) < 2")


def ambiguous(rows):
    """Return a file whose dates can all be read in two ways, each row free of the others."""
    lines = ["start,end,label,note"]
    per_day = -(-rows // (12 * 12 * 6))
    n = 0
    for year in range(2019, 2025):
        for first in range(1, 13):
            for second in range(1, 13):
                for slot in range(per_day):
                    if n == rows:
                        return "\n".join(lines).encode()
                    minute = slot * 10
                    at = f"{first:02}/{second:02}/{year} {minute // 60:02}:"
                    lines.append(
                        f"{at}{minute % 60:02},{at}{minute % 60 + 5:02},Study,row {n}"
                    )
                    n += 1
    raise AssertionError("too few days for so many rows")


def work():
    """Do what is due of imports, as a worker does."""
    for _, error in steps.run_due(10):
        assert error is None


@pytest.mark.parametrize("rows", [1_200, pytest.param(20_000, marks=pytest.mark.slow)])
def test_rows_of_two_readings_are_previewed_applied_and_undone(somebody, rows):
    somebody.comes_back("/history/import")
    user, page = user_of(somebody), somebody.page
    by_hand = told(user, 30, days=1)
    raw = ambiguous(rows)
    page.get_by_label("Choose a file").set_input_files(
        {"name": "past.csv", "mimeType": "text/csv", "buffer": raw}
    )
    expect(page.get_by_text(f"{rows + 1:,} lines")).to_be_visible()
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("Trying the file…")).to_be_visible()
    work()
    both = page.get_by_role("group", name="Which comes first?")
    expect(both).to_contain_text("01/02/2019 is February 1, 2019")
    expect(both).to_contain_text("01/02/2019 is January 2, 2019")
    expect(both.get_by_text(f"{rows:,} rows fit")).to_have_count(2)
    page.get_by_role("button", name="Add the entries").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the two.")
    both.get_by_role("radio", name=re.compile("The month")).check()
    page.get_by_role("button", name=f"Add {rows:,} entries").click()
    expect(page.get_by_text("Adding the entries…")).to_be_visible()
    # A reload forgets nothing: the service knows how far it is.
    page.reload()
    expect(page.get_by_text("Adding the entries…")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name=f"{rows:,} entries added")).to_be_visible()
    done = Import.objects.get(user=user)
    assert done.day_first is False
    first = Entry.objects.filter(import_id=done.pk).earliest("at")
    assert first.local_date.isoformat() == "2019-01-01"
    assert Entry.objects.filter(user=user).count() == rows + 1
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("Undoing…")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="The import was undone")).to_be_visible()
    assert list(Entry.objects.filter(user=user)) == [by_hand]


def test_what_cannot_be_taken_is_told_line_by_line(somebody):
    somebody.comes_back("/history/import")
    page = somebody.page
    today = datetime.now(UTC).date()
    lines = [
        "Datum;Dauer;Projekt",
        f"{today - timedelta(days=3)};25;Arbeit",
        "gestern;25;Arbeit",
        f"{today - timedelta(days=2)};viel;Arbeit",
    ]
    page.get_by_label("Choose a file").set_input_files(
        {
            "name": "eigene.csv",
            "mimeType": "text/csv",
            "buffer": "\n".join(lines).encode(),
        }
    )
    # Columns that nobody knows are named by the person; what can be guessed is.
    expect(page.get_by_label("Column Datum")).to_have_value("date")
    page.get_by_label("Column Dauer").select_option("")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("alert")).to_contain_text("a day with minutes")
    page.get_by_label("Column Dauer").select_option("minutes")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("Trying the file…")).to_be_visible()
    work()
    expect(page.locator(".verdicts .accepted")).to_contain_text("1")
    page.get_by_text("Why 2 rows cannot be taken").click()
    row = page.get_by_role("row", name=re.compile("gestern"))
    expect(row).to_contain_text("3")
    expect(row).to_contain_text("There is no such date.")
    page.get_by_role("button", name="Put it away").click()
    work()
    expect(page.get_by_role("heading", name="The import was undone")).to_be_visible()
    assert not Entry.objects.exists()
