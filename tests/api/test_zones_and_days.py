"""A day is the user's own: in every zone, across every clock change, and for good."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rest_framework.test import APIClient

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

ZONES = [
    "Pacific/Pago_Pago",  # -11, the last to end a day
    "America/New_York",
    "America/Santiago",
    "UTC",
    "Europe/Berlin",
    "Asia/Kathmandu",  # +5:45
    "Australia/Lord_Howe",  # half an hour of DST
    "Pacific/Kiritimati",  # +14, the first to begin one
]
# (zone, the local date on which the offset changes, its last offset, the next one)
CLOCK_CHANGES = [
    ("America/New_York", date(2026, 3, 8), -5, -4),
    ("America/New_York", date(2026, 11, 1), -4, -5),
    ("Europe/Berlin", date(2026, 3, 29), 1, 2),
    ("Europe/Berlin", date(2026, 10, 25), 2, 1),
    ("Australia/Lord_Howe", date(2026, 4, 5), 11, 10.5),
    ("Australia/Lord_Howe", date(2026, 10, 4), 10.5, 11),
    ("America/Santiago", date(2026, 4, 5), -3, -4),  # at midnight: 23:59 comes twice
    ("America/Santiago", date(2026, 9, 6), -4, -3),  # at midnight: there is no 00:01
]


class Diary:
    """A user whose days are written with a clock that the test holds."""

    def __init__(self, user, sign_in, time_machine):
        self.user, self.sign_in, self.time_machine = user, sign_in, time_machine
        self.client = APIClient()

    def ask(self, method, path, body=None):
        # The clock outruns every token, so each request comes from a new device,
        # but by one client: a new one would load the middleware each time.
        token = self.sign_in(self.user).signed_in.access_token
        self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        answer = getattr(self.client, method)(f"/api{path}", body, format="json")
        assert answer.status_code in (200, 201), answer.content
        return answer.json()

    def at(self, moment):
        self.time_machine.move_to(moment.astimezone(UTC), tick=False)

    def move(self, zone):
        self.ask("put", "/users/me", {"timezone": zone})

    def start(self, moment, planned=60):
        self.at(moment)
        return self.ask("post", "/sessions", {"duration_min": planned})

    def complete(self, session):
        return self.ask("patch", f"/sessions/{session['id']}", {"completed": True})

    def focus(self, moment, minutes=1):
        session = self.start(moment)
        self.at(moment.astimezone(UTC) + minutes * MINUTE)
        return self.complete(session)

    @property
    def streak(self):
        return self.ask("get", "/stats/me")["current_streak"]

    @property
    def totals(self):
        stats = self.ask("get", "/stats/me")
        return [stats["total_focus_min"], stats["total_sessions"], stats["best_streak"]]

    @property
    def days(self):
        """Minutes and sessions of each day of the last 30 that has any."""
        return {
            date.fromisoformat(day["date"]): (
                day["focus_min"],
                day["sessions_completed"],
            )
            for day in self.ask("get", "/stats/daily/30")["daily_stats"]
            if day["focus_min"] or day["sessions_completed"]
        }


@pytest.fixture
def diary(alice, sign_in, time_machine):
    return Diary(alice, sign_in, time_machine)


def local(zone, day, hour, minute):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


@pytest.mark.row("D06")
@pytest.mark.parametrize(
    ("zone", "before_midnight", "after_midnight", "ending"),
    [
        ("Pacific/Pago_Pago", "2026-01-15T10:59Z", "2026-01-15T11:01Z", "2026-01-14"),
        ("America/New_York", "2026-01-15T04:59Z", "2026-01-15T05:01Z", "2026-01-14"),
        ("America/New_York", "2026-07-15T03:59Z", "2026-07-15T04:01Z", "2026-07-14"),
        ("UTC", "2026-01-14T23:59Z", "2026-01-15T00:01Z", "2026-01-14"),
        ("Europe/Berlin", "2026-01-14T22:59Z", "2026-01-14T23:01Z", "2026-01-14"),
        ("Europe/Berlin", "2026-07-14T21:59Z", "2026-07-14T22:01Z", "2026-07-14"),
        ("Asia/Kathmandu", "2026-01-14T18:14Z", "2026-01-14T18:16Z", "2026-01-14"),
        ("Australia/Lord_Howe", "2026-01-14T12:59Z", "2026-01-14T13:01Z", "2026-01-14"),
        ("Australia/Lord_Howe", "2026-07-14T13:29Z", "2026-07-14T13:31Z", "2026-07-14"),
        ("Pacific/Kiritimati", "2026-01-14T09:59Z", "2026-01-14T10:01Z", "2026-01-14"),
    ],
)
def test_day_turns_at_local_midnight(
    diary, zone, before_midnight, after_midnight, ending
):
    before = datetime.fromisoformat(before_midnight)
    after = datetime.fromisoformat(after_midnight)
    day = date.fromisoformat(ending)
    diary.at(before)
    diary.move(zone)

    assert diary.focus(before)["local_date"] == day.isoformat()
    assert diary.days == {day: (1, 1)}
    assert diary.streak == 1

    assert diary.focus(after)["local_date"] == (day + DAY).isoformat()
    assert diary.days == {day: (1, 1), day + DAY: (1, 1)}
    assert diary.streak == 2


@pytest.mark.parametrize("zone", ZONES)
def test_streak_counts_local_days_wherever_one_lives(diary, zone):
    monday = date(2026, 2, 9)
    diary.at(local(zone, monday, 0, 0))
    diary.move(zone)
    for n in range(4):
        # 00:01 and 23:59 in turn: at UTC some of these days are the neighbour's.
        late = n % 2 == 1
        moment = local(zone, monday + n * DAY, *((23, 59) if late else (0, 1)))
        assert diary.focus(moment)["local_date"] == str(monday + n * DAY)
        assert diary.streak == n + 1
    assert diary.days == {monday + n * DAY: (1, 1) for n in range(4)}
    assert diary.totals == [4, 4, 4]


@pytest.mark.row("D06")
@pytest.mark.parametrize(("zone", "change", "last", "following"), CLOCK_CHANGES)
def test_clock_change_neither_splits_nor_doubles_a_day(
    diary, zone, change, last, following
):
    eve, morrow = change - DAY, change + DAY
    offsets = [local(zone, day, 12, 0).utcoffset() for day in (eve, change)]
    assert offsets == [timedelta(hours=last), timedelta(hours=following)]
    diary.at(local(zone, eve, 12, 0))
    diary.move(zone)

    assert diary.focus(local(zone, eve, 23, 59))["local_date"] == str(eve)
    assert diary.streak == 1
    assert diary.focus(local(zone, change, 0, 1))["local_date"] == str(change)
    assert diary.streak == 2
    assert diary.focus(local(zone, change, 23, 59))["local_date"] == str(change)
    assert diary.streak == 2
    assert diary.focus(local(zone, morrow, 0, 1))["local_date"] == str(morrow)
    assert diary.streak == 3
    assert diary.days == {eve: (1, 1), change: (2, 2), morrow: (1, 1)}


@pytest.mark.parametrize(("zone", "change", "last", "following"), CLOCK_CHANGES)
def test_session_over_a_clock_change_credits_the_time_that_passed(
    diary, zone, change, last, following
):
    begin, end = local(zone, change - DAY, 23, 50), local(zone, change, 6, 0)
    diary.at(begin)
    diary.move(zone)
    session = diary.start(begin, 480)
    diary.at(end)
    done = diary.complete(session)
    # The clock on the wall says 6 h 10 min.
    assert done["focus_min"] == 370 + 60 * (last - following)
    assert done["local_date"] == str(change - DAY)


@pytest.mark.parametrize(
    ("zone", "day"),
    [(zone, date(2026, 2, 10)) for zone in ZONES]
    + [(zone, change) for zone, change, *_ in CLOCK_CHANGES],
)
def test_streak_lives_until_the_next_day_ends(diary, zone, day):
    """Also when the next day, the one without focus, has 23 hours, or 25."""
    diary.at(local(zone, day - DAY, 8, 0))
    diary.move(zone)
    diary.focus(local(zone, day - DAY, 8, 0))
    diary.at(local(zone, day, 23, 59))
    assert diary.streak == 1
    diary.at(local(zone, day + DAY, 0, 1))
    assert diary.streak == 0
    assert diary.totals == [1, 1, 1]


@pytest.mark.row("C07")
@pytest.mark.parametrize("zone", ZONES)
def test_session_across_midnight_belongs_to_the_day_it_started(diary, zone):
    day = date(2026, 2, 10)
    diary.at(local(zone, day, 8, 0))
    diary.move(zone)
    assert diary.focus(local(zone, day, 23, 50), 30)["local_date"] == str(day)
    assert diary.days == {day: (30, 1)}
    assert diary.streak == 1
    # What counts is the start, so nothing has been done yet on the new day.
    diary.at(local(zone, day + DAY, 23, 59))
    assert diary.streak == 1
    diary.at(local(zone, day + 2 * DAY, 0, 1))
    assert diary.streak == 0


@pytest.mark.row("D10")
@pytest.mark.parametrize("home", ZONES)
def test_moving_never_changes_what_was_shown(diary, home):
    first = date(2026, 3, 27)  # over the spring change of Berlin, the 29th
    diary.at(local(home, first, 0, 0))
    diary.move(home)
    for n in range(3):
        diary.focus(local(home, first + n * DAY, 0, 1), 2)
        diary.focus(local(home, first + n * DAY, 23, 59), 3)
    # Two days on, so that these days are past in every zone of the world.
    diary.at(local(home, first + 5 * DAY, 12, 0))
    shown = {first + n * DAY: (5, 2) for n in range(3)}
    log = [one["local_date"] for one in diary.ask("get", "/sessions")["sessions"]]
    assert log == [str(first + n * DAY) for n in (2, 2, 1, 1, 0, 0)]
    for zone in [*ZONES, home]:
        diary.move(zone)
        assert diary.days == shown
        assert diary.totals == [15, 6, 3]
        sessions = diary.ask("get", "/sessions")["sessions"]
        assert [one["local_date"] for one in sessions] == log


def test_session_keeps_the_day_of_the_zone_it_started_in(diary):
    begin = datetime(2026, 2, 10, 10, 30, tzinfo=UTC)
    diary.at(begin)
    diary.move("Pacific/Kiritimati")
    session = diary.start(begin)
    assert session["local_date"] == "2026-02-11"
    diary.move("Pacific/Pago_Pago")
    diary.at(begin + 20 * MINUTE)
    done = diary.complete(session)
    assert (done["local_date"], done["focus_min"]) == ("2026-02-11", 20)
    # Here it is still the 9th: that day comes up when the calendar gets there.
    assert diary.days == {}
    assert diary.totals == [20, 1, 1]
    assert diary.streak == 1
    diary.at(datetime(2026, 2, 11, 11, 1, tzinfo=UTC))
    assert diary.days == {date(2026, 2, 11): (20, 1)}


def test_current_streak_lives_as_long_in_every_zone(diary):
    """Until the next day has ended where the last one was; a move revives nothing."""
    diary.at(datetime(2026, 2, 9, 20, 0, tzinfo=UTC))
    diary.move("UTC")
    diary.focus(datetime(2026, 2, 9, 20, 0, tzinfo=UTC))
    for moment, streak in (
        (datetime(2026, 2, 10, 23, 59, tzinfo=UTC), 1),
        (datetime(2026, 2, 11, 0, 0, tzinfo=UTC), 0),
    ):
        for zone in ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"):
            diary.at(moment)
            diary.move(zone)
            assert diary.streak == streak, zone
    assert diary.totals == [1, 1, 1]


def test_zone_changes_open_no_second_day(diary):
    """One minute of focus in each of three zones, which call it three days."""
    begin = datetime(2026, 2, 10, 10, 30, tzinfo=UTC)
    diary.at(begin)
    days = []
    for n, zone in enumerate(("Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati")):
        diary.move(zone)
        days.append(diary.focus(begin + 2 * n * MINUTE)["local_date"])
    assert days == ["2026-02-09", "2026-02-10", "2026-02-11"]
    assert diary.totals == [3, 3, 1]
    assert diary.streak == 1


def test_zone_change_saves_no_missed_day(diary):
    diary.at(datetime(2026, 2, 9, 20, 0, tzinfo=UTC))
    diary.move("Europe/Berlin")
    diary.focus(datetime(2026, 2, 9, 20, 0, tzinfo=UTC))  # Monday
    diary.at(datetime(2026, 2, 11, 9, 0, tzinfo=UTC))  # Wednesday
    diary.move("Pacific/Pago_Pago")
    assert diary.streak == 0
    late = diary.focus(datetime(2026, 2, 11, 9, 0, tzinfo=UTC))
    assert late["local_date"] == "2026-02-10"
    diary.move("Europe/Berlin")
    diary.focus(datetime(2026, 2, 11, 9, 3, tzinfo=UTC))
    assert diary.streak == 1
    assert diary.totals == [3, 3, 1]


def test_flight_over_the_date_line_keeps_the_streak(diary):
    """Going west a date is skipped by the traveller's clock, going east it comes twice."""
    diary.at(datetime(2026, 2, 10, 20, 0, tzinfo=UTC))
    diary.move("Pacific/Honolulu")
    diary.focus(datetime(2026, 2, 10, 20, 0, tzinfo=UTC))  # the 10th, 10:00
    diary.at(datetime(2026, 2, 11, 18, 0, tzinfo=UTC))
    diary.move("Pacific/Auckland")  # it is the 12th, 7:00
    assert diary.streak == 1
    there = diary.focus(datetime(2026, 2, 11, 19, 0, tzinfo=UTC))
    assert there["local_date"] == "2026-02-12"
    assert diary.streak == 2
    diary.focus(datetime(2026, 2, 12, 19, 0, tzinfo=UTC))  # the 13th, 8:00
    diary.move("Pacific/Honolulu")
    again = diary.focus(datetime(2026, 2, 14, 8, 0, tzinfo=UTC))  # the 13th, 22:00
    assert again["local_date"] == "2026-02-13"
    assert diary.streak == 3
    diary.focus(datetime(2026, 2, 15, 8, 0, tzinfo=UTC))  # the 14th
    assert diary.streak == 4
    assert diary.totals == [5, 5, 4]


@pytest.mark.parametrize("zone", ZONES)
def test_weeks_and_months_turn_at_local_midnight(diary, zone):
    sunday = date(2026, 5, 31)  # the last of its week and of its month
    diary.at(local(zone, sunday, 8, 0))
    diary.move(zone)
    diary.focus(local(zone, sunday, 23, 59), 1)
    diary.focus(local(zone, sunday + DAY, 0, 1), 3)
    trends = diary.ask("get", "/stats/trends")
    for period, starts in [
        ("weekly", ["2026-06-01", "2026-05-25"]),
        ("monthly", ["2026-06-01", "2026-05-01"]),
    ]:
        shown = trends[period][:2]
        assert [one["period_start"] for one in shown] == starts
        assert [one["focus_min"] for one in shown] == [3, 1]
        assert [one["sessions_completed"] for one in shown] == [1, 1]
