"""All pages and states of the dashboard, reached without a word of any language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import Page, expect

from garden.services import plant_for_session
from importing import steps
from sessions_app.models import FocusSession
from sessions_app.services import abandon_session, start_session

# As the browser's own "back" leads to an address: a third of the work of a load.
GO = """path => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate", {state: null}));
}"""
SUBMIT = "form button[type=submit]"
# Dates of two readings, and a row that cannot be taken.
CSV = (
    "start,end,label,note\n"
    "03/04/2024 09:00,03/04/2024 09:30,قراءة (٢)!,row\n"
    "yesterday,03/04/2024 09:30,Study,row\n"
)


@dataclass(frozen=True)
class Place:
    """A state of the dashboard; `most` are those that `make test` looks at too."""

    name: str
    path: str
    acts: Callable[[Page], None] | None = None
    most: bool = False

    def open(self, page: Page, *, anew: bool) -> None:
        """Go there within the page; `anew` is by a load, as one page twice needs it."""
        if anew or urlsplit(page.url).path == urlsplit(self.path).path:
            page.goto(self.path)
            expect(page.locator("h1").first).to_be_attached()
            page.wait_for_load_state("networkidle")
        else:
            # No document is loaded, so there is no idle network to be waited for.
            page.evaluate(GO, self.path)
            expect(page.locator("h1").first).to_be_attached()
        expect(page.locator(".skeleton")).to_have_count(0)
        if self.acts:
            self.acts(page)
            expect(page.locator(".skeleton")).to_have_count(0)


def press(selector: str, *, opens: str = "dialog[open]") -> Callable[[Page], None]:
    """Press the first of what is found, and wait for what that opens."""

    def _press(page: Page) -> None:
        page.locator(selector).first.click()
        expect(page.locator(opens).first).to_be_visible()

    return _press


def in_turn(*acts: Callable[[Page], None]) -> Callable[[Page], None]:
    def _in_turn(page: Page) -> None:
        for act in acts:
            act(page)

    return _in_turn


def lists_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("dl.keys")).to_be_visible()


def chooses_a_file(page: Page) -> None:
    past = {"name": "past.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    page.locator("input[type=file]").set_input_files(past)
    expect(page.locator(SUBMIT)).to_be_visible()


def tries_a_file(page: Page) -> None:
    chooses_a_file(page)
    page.locator(SUBMIT).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    for _, error in steps.run_due(10):
        assert error is None
    expect(page.locator(".report")).to_be_visible()


def presses(selector: str, times: int) -> Callable[[Page], None]:
    def _presses(page: Page) -> None:
        for _ in range(times):
            page.locator(selector).first.click()

    return _presses


def day_of(user) -> str:
    return f"{user.local_date(timezone.now() - timedelta(days=4))}"


def of_weeks(user) -> tuple[Place, ...]:
    """Return the places of somebody who has lived some weeks, and focuses on nothing."""
    record = press(".record.session")
    return (
        Place("start", "/", most=True),
        Place("plants", "/", press(".kind.all")),
        Place("labels", "/", press(".about-chip[aria-haspopup]")),
        Place("note", "/", press(".about-chip:not([aria-haspopup])", opens=".note")),
        Place("keys", "/", lists_keys),
        Place("history", "/history", most=True),
        Place("record", "/history", record, most=True),
        Place(
            "deletion",
            "/history",
            in_turn(record, press(".sheet .danger", opens="dialog[open] .warn")),
        ),
        Place("entry", "/history", press(".heading button")),
        Place("day", f"/history?day={day_of(user)}"),
        Place("nothing found", "/history?day=2020-01-01"),
        Place("import", "/history/import"),
        Place("file", "/history/import", chooses_a_file),
        Place("report", "/history/import", tries_a_file),
        Place("garden", "/garden", most=True),
        Place("plant", "/garden", press(".land-plants .standing")),
        Place(
            "garden's list",
            "/garden",
            press(".land-head label:nth-of-type(2)", opens=".plant-list"),
        ),
        Place("year", "/garden?part=year"),
        Place("collection", "/garden?part=collection"),
        Place("insight", "/insight", most=True),
        Place("share", "/insight", press(".heading button, .share button")),
        Place("boards", "/boards", most=True),
        Place("streaks", "/boards?by=streak"),
        Place("profile", "/you", most=True),
        Place("signing in", "/you/signing-in"),
        Place("programs", "/you/programs"),
        Place("data", "/you/data"),
        Place("account's end", "/you/data", press(".button.warn")),
        Place("preferences", "/settings", most=True),
        Place("plan", "/settings/plan"),
        Place("settings' labels", "/settings/labels"),
        Place(
            "label", "/settings/labels", press(".label-head", opens=".label-changes")
        ),
        Place("nowhere", "/nothing"),
    )


RUNNING = (
    Place("running", "/", most=True),
    Place(
        "giving up",
        "/",
        press(".ends .button.bare"),
    ),
    Place("sound", "/", press(".sound button", opens=".sound-choice")),
    Place("small timer", "/garden"),
)
ENDED = (Place("done", "/", most=True),)
WITHERED = (Place("withered", "/"),)
BREAK = (Place("break", "/"),)
NEW = (
    Place("welcome, zone", "/welcome"),
    Place("welcome, goal", "/welcome", presses(".welcome-page footer button", 1)),
    Place("welcome, plant", "/welcome", presses(".welcome-page footer button", 2)),
    Place("first start", "/"),
    Place("first garden", "/garden"),
    Place("first history", "/history"),
    Place("first week", "/insight"),
    Place("first board", "/boards"),
    Place("first label", "/settings/labels"),
)
OUTSIDE = (
    Place("landing", "/", most=True),
    Place(
        "guest's timer",
        "/",
        press(".guest .button.big", opens=".guest [role=timer]"),
    ),
    Place("sign-in", "/sign-in", most=True),
    Place("sign-up", "/sign-up"),
    Place("refused sign-up", "/sign-up", press(SUBMIT, opens="[aria-invalid=true]")),
    Place("forgot", "/forgot"),
    Place("reset", "/reset#nothing"),
    Place("reset's end", "/reset"),
    Place("verify", "/verify#nothing"),
    Place("unsubscribe", "/unsubscribe#nothing"),
)


def focuses(user, **ago):
    """Let a session run since so long ago; return its id."""
    began = timezone.now() - timedelta(**ago)
    session = start_session(user_id=user.pk, duration_min=25, now=began)
    plant_for_session(
        user_id=user.pk, session_id=session.pk, plant_type="Sunflower", now=began
    )
    return session.pk


def gives_up(user, session_id) -> None:
    abandon_session(user_id=user.pk, session_id=session_id)


def runs_out(session_id, **ago) -> None:
    """Let the session have begun so long ago that its time is up."""
    moment = timezone.now() - timedelta(**ago)
    FocusSession.objects.filter(pk=session_id).update(created_at=moment)
