"""The letter says what the API says, and nothing where there is nothing to say."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from accounts.tests import post
from accounts.tests.post import delivered
from garden.models import Plant
from garden.tests.factories import PlantFactory
from mail.models import OutboxMail
from reports.letters import in_words
from reports.services import queue_weekly_reports
from reports.tests.readers import LAST_MONDAY, NINE_O_CLOCK, reader
from sessions_app.tests.factories import FocusSessionFactory
from stats import services as stats_services
from stats.tests.factories import focus, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter_of(mail_on, time_machine):
    """Return the report that a user gets on the Monday, sent at nine (UTC)."""

    def _letter_of(user):
        time_machine.move_to(NINE_O_CLOCK, tick=False)
        queue_weekly_reports()
        return next(m for m in delivered(mail_on) if m["To"] == user.email)

    return _letter_of


def text_of(message):
    return post.text_of(message).replace("\r\n", "\n")


def html_of(message):
    return message.get_body(("html",)).get_content()


def day(offset):
    return LAST_MONDAY + timedelta(days=offset)


def focused(user, *minutes, first=0):
    """Let a user focus on days in a row, the first counted from last Monday."""
    return [focus(user, day(first + n), spent) for n, spent in enumerate(minutes)]


def test_figures_are_those_of_the_api(letter_of, sign_in, time_machine):
    user = reader(username="ann")
    focused(user, 120, first=-7)  # the Monday before
    focused(user, 30, 75, 25, first=0)
    focused(user, 60, 240, 25, first=4)  # Friday to Sunday
    letter = text_of(letter_of(user))
    client = sign_in(user)
    week = client.get("/api/stats/trends").json()["weekly"][1]
    assert week == {
        "period_start": "2026-01-12",
        "focus_min": 455,
        "sessions_completed": 6,
        "change_pct": 279.2,
    }
    assert f"12 to 18 January 2026: {in_words(week['focus_min'])} of focus" in letter
    assert f"in {week['sessions_completed']} sessions." in letter
    assert "5 h 35 min more than the week before (+279.2 %)." in letter
    streak = client.get("/api/stats/me").json()["current_streak"]
    assert f"Streak: {streak} days" in letter
    days = client.get("/api/stats/daily/8").json()["daily_stats"][1:]
    told = dict(re.findall(r"^(\w+day): ([^,\n]+)", letter, re.MULTILINE))
    assert told == {
        f"{date.fromisoformat(each['date']):%A}": in_words(each["focus_min"])
        for each in days
        if each["focus_min"]
    }
    assert "Saturday: 4 h, your best day" in letter


def test_plants_are_those_of_the_weeks_sessions(letter_of):
    user = reader()
    for n, kind in enumerate(["Fern", "Rose", "Rose", "Tulip"]):
        # The last is planted in this week, and the first of all in the one before.
        session = FocusSessionFactory(user=user, done=True, created_at=noon(day(n)))
        PlantFactory(session=session, plant_type=kind, state=Plant.State.GROWN)
    for offset in (-1, 7):
        PlantFactory(
            grown=True, session__user=user, session__created_at=noon(day(offset))
        )
    given_up = FocusSessionFactory(
        user=user,
        created_at=noon(day(5)),
        status="abandoned",
        ended_at=noon(day(5)) + timedelta(minutes=5),
    )
    PlantFactory(session=given_up, state=Plant.State.WITHERED)
    PlantFactory(grown=True, session__created_at=noon(day(1)))  # somebody else's
    stats_services.rebuild_stats(user_id=user.pk)
    letter = text_of(letter_of(user))
    assert "Grown: 2 × Rose, Fern, Tulip\n" in letter
    assert "Withered: 1 plant\n" in letter


def test_a_quiet_week_gets_kind_words_and_no_figures(letter_of):
    user = reader(username="ann")
    focused(user, 50, first=-3)
    letter = letter_of(user)
    assert letter["Subject"] == "Last week was quiet, and a new one begins"
    for body in (
        text_of(letter),
        re.sub(r"<(style|a)\b.*?</\1>|<[^>]+>", "", html_of(letter), flags=re.DOTALL),
    ):
        said = body.replace(
            letter["List-Unsubscribe"].rpartition("/")[2].strip(">"), ""
        )
        assert not re.search(r"\d", said), said
        assert "That happens" in said


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (0, None),
        (60, "Exactly as much as the week before."),
        (90, "30 min less than the week before (−33.3 %)."),
        (45, "15 min more than the week before (+33.3 %)."),
    ],
)
def test_a_week_is_compared_with_the_one_before(letter_of, before, told):
    user = reader()
    if before:
        focused(user, before, first=-7)
    focused(user, 60)
    letter = text_of(letter_of(user))
    assert told in letter if told else "week before" not in letter


def test_text_and_html_say_the_same(letter_of):
    user = reader(username="ann")
    focused(user, 61, 25, first=5)
    letter = letter_of(user)
    assert letter["Subject"] == "Your week: 1 h 26 min of focus"
    for said in ("1 h 26 min", "Saturday", "1 h 1 min", "2 days, your longest so far"):
        assert said in text_of(letter)
        assert said in html_of(letter)


def test_a_week_is_one_of_the_readers_own_days(letter_of):
    """23:30 of Sunday in Honolulu is Monday in UTC."""
    user = reader(timezone="Asia/Tokyo")
    FocusSessionFactory(
        user=user, done=True, created_at=datetime(2026, 1, 11, 15, 0, tzinfo=UTC)
    )
    FocusSessionFactory(
        user=user, done=True, created_at=datetime(2026, 1, 18, 15, 0, tzinfo=UTC)
    )
    letter = text_of(letter_of(user))
    assert "Monday: 25 min, your best day" in letter
    assert "in 1 session." in letter


def test_a_letter_carries_one_click_and_a_page_that_stop_it(letter_of):
    user = reader()
    focused(user, 25)
    letter = letter_of(user)
    url = letter["List-Unsubscribe"].strip(" <>")
    token = url.removeprefix("https://app.focusguard.test/api/mail/unsubscribe/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for body in (text_of(letter), html_of(letter)):
        assert f"https://app.focusguard.test/unsubscribe#{token}" in body
    # Neither row nor job holds it.
    assert token not in str(list(OutboxMail.objects.values()))


@pytest.mark.parametrize(
    "change",
    [{"weekly_report": False}, {"email_verified_at": None}, {"is_active": False}],
)
def test_whoever_is_no_reader_any_more_is_not_written_to(mail_on, time_machine, change):
    user = reader()
    time_machine.move_to(NINE_O_CLOCK)
    queue_weekly_reports()
    User.objects.filter(pk=user.pk).update(**change)
    assert delivered(mail_on) == []
    assert OutboxMail.objects.get().state == OutboxMail.State.DROPPED


def test_a_letter_of_last_week_is_not_sent_on_wednesday(mail_on, time_machine):
    reader()
    time_machine.move_to(NINE_O_CLOCK)
    queue_weekly_reports()
    time_machine.move_to(NINE_O_CLOCK + timedelta(hours=39))
    assert delivered(mail_on) == []
    assert OutboxMail.objects.get().state == OutboxMail.State.DROPPED


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 min"), (60, "1 h"), (61, "1 h 1 min"), (6000, "100 h")],
)
def test_minutes_are_said_as_people_say_them(minutes, words):
    assert in_words(minutes) == words
