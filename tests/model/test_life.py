"""Two lives, led over HTTP and in the reference model, must read the same.

The quick profile draws the same lives every time, so a red build is never a matter
of luck. `MODEL_PROFILE=deep` searches longer, from a new seed each time, and takes
some minutes to boil a difference down to the fewest steps.
"""

import logging
import os
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.tests.factories import UserFactory
from sessions_app.tests.factories import EntryFactory
from tests.model.comparing import Comparing
from tests.model.phases import Likes
from tests.model.reference import DAY, SECOND, WEEKDAYS, Person, Session

ANY_PROFILE = settings(
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
PROFILES = {
    "quick": settings(
        ANY_PROFILE,
        max_examples=15,
        stateful_step_count=30,
        derandomize=True,
        phases=set(Phase) - {Phase.shrink},
    ),
    "deep": settings(ANY_PROFILE, max_examples=200, stateful_step_count=50),
}
PROFILE = os.environ.get("MODEL_PROFILE", "quick")

ZONES = [
    "UTC",
    "Pacific/Pago_Pago",  # -11
    "Pacific/Kiritimati",  # +14
    "Asia/Kathmandu",  # +5:45
    "Australia/Lord_Howe",  # half an hour of DST
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",  # its DST begins at midnight: a day without a 00:00
]
BEGINNINGS = [
    datetime(2026, 1, 30, 12, 0, 0, 250_000, tzinfo=UTC),
    datetime(2026, 3, 28, 21, 30, tzinfo=UTC),  # spring in Berlin
    datetime(2026, 4, 3, 23, 59, 59, tzinfo=UTC),  # autumn in Lord Howe, Santiago
    datetime(2026, 9, 4, 12, 0, tzinfo=UTC),  # spring in Santiago
    datetime(2026, 10, 31, 20, 0, tzinfo=UTC),  # autumn in New York
    datetime(2026, 12, 29, 6, 0, tzinfo=UTC),  # ISO week 53
]
PEOPLE = st.sampled_from(["alice", "bob"])
PLANNED = st.sampled_from([1, 2, 25, 60, 480]) | st.integers(1, 480)
PLANS = st.none() | PLANNED
RECENT = st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 7])
SPANS = st.one_of(
    st.integers(1, 119).map(lambda n: timedelta(seconds=n)),
    st.integers(1, 119).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 30).map(lambda n: timedelta(hours=n)),
    st.sampled_from([DAY, 2 * DAY, 7 * DAY, 30 * DAY]),
)
GOALS = st.none() | st.sampled_from([1, 25, 60, 120, 1440])
DAYS_AWAY = st.sampled_from([-15, -14, -3, -1, 0, 1, 2, 30, 306, 365, 366])
KINDS = st.sampled_from(["away", "ill"])
EDGES = st.sampled_from([-SECOND, timedelta(0), timedelta(microseconds=1), SECOND])


class TwoLives(Comparing, RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        # Each life ends with a rollback, so the next one finds empty tables.
        self.rows = transaction.atomic()
        self.rows.__enter__()
        self.compared = False
        self.steps = 0
        self.valid_until = {}

    @initialize(beginning=st.sampled_from(BEGINNINGS))
    def are_born(self, beginning):
        self.clock = time_machine.travel(beginning, tick=False)
        self.traveller = self.clock.start()
        self.users = {name: UserFactory(username=name) for name in ("alice", "bob")}
        self.people = {name: Person(str(user.pk)) for name, user in self.users.items()}
        self.likes = {name: Likes() for name in self.users}
        species = self.read("alice", "/garden/species")["species"]
        self.level_needed = {one["plant_type"]: one["level"] for one in species}
        self.ask("alice", "GET", "/stats/me")
        self.actor = "alice"

    def teardown(self):
        try:
            if self.compared:  # else a step has failed and that is the news
                for name in self.people:
                    for look in self.looks:
                        look(name)
                self.prove()
        finally:
            if hasattr(self, "clock"):
                self.clock.stop()
            transaction.set_rollback(True)
            self.rows.__exit__(None, None, None)

    # What people do

    @rule(name=PEOPLE, planned=PLANS, species=st.sampled_from([None, "Rose", "Fern"]))
    def start(self, name, planned, species):
        body = {} if planned is None else {"duration_min": planned}
        answer = self.ask(name, "POST", "/sessions", body)
        running = self.people[name].active
        session = self.agree(answer, 201, self.people[name].start, planned, self.now)
        if session:
            session.id = answer.json()["id"]
            assert answer.json() == self.shown_session(name, session)
            if species:
                self.put_in_the_ground(name, session, species)
        else:
            assert answer.json()["detail"]["errors"] == {"session_id": [running.id]}

    @precondition(lambda self: self.sessions)
    @rule(recent=RECENT)
    def complete(self, recent):
        self.change(recent, {"completed": True}, Session.complete, self.now)

    @precondition(lambda self: self.sessions)
    @rule(recent=RECENT)
    def abandon(self, recent):
        self.change(recent, {"status": "abandoned"}, Session.abandon, self.now)

    @precondition(lambda self: self.sessions)
    @rule(recent=RECENT, planned=PLANNED)
    def replan(self, recent, planned):
        body = {"duration_min": planned}
        self.change(recent, body, Session.replan, planned, self.now)

    @precondition(lambda self: self.sessions)
    @rule(pick=st.integers(0, 30))
    def delete(self, pick):
        name, session = self.sessions[pick % len(self.sessions)]
        told = self.read(name, f"/sessions/{session.id}/consequences")
        before, shown = self.figures(name), session.as_of(self.now)
        answer = self.ask(name, "DELETE", f"/sessions/{session.id}")
        self.agree(answer, 204, self.people[name].sessions.remove, session)
        assert told.pop("focus_min") == shown.focus_min
        plant = told.pop("plant")
        assert (plant and plant["id"]) == (session.plant and session.plant.id)
        assert told == {
            figure: {"from": value, "to": self.figures(name)[figure]}
            for figure, value in before.items()
        }
        assert self.ask(name, "GET", f"/sessions/{session.id}").status_code == 404

    @precondition(lambda self: self.sessions)
    @rule(
        recent=RECENT,
        species=st.sampled_from(["Rose", "Fern", "Cactus", "Mint", "Orchid"]),
        stage=st.none() | st.integers(0, 5),
        number=st.none() | st.none() | st.integers(1, 4),
    )
    def plant(self, recent, species, stage, number):
        self.put_in_the_ground(*self.recent(recent), species, stage, number)

    @precondition(lambda self: self.plants)
    @rule(recent=RECENT, stage=st.integers(0, 5))
    def grow(self, recent, stage):
        name, session = self.plants[recent % len(self.plants)]
        path = f"/garden/{session.plant.id}"
        answer = self.ask(name, "PATCH", path, {"growth_stage": stage})
        if self.agree(answer, 200, session.grow, stage, self.now):
            self.match(answer.json(), self.shown_plant(name, session))

    @precondition(lambda self: self.plants)
    @rule(recent=RECENT)
    def uproot(self, recent):
        name, session = self.plants[recent % len(self.plants)]
        answer = self.ask(name, "DELETE", f"/garden/{session.plant.id}")
        self.agree(answer, 204, setattr, session, "plant", None)

    @rule(name=PEOPLE, zone=st.sampled_from(ZONES))
    def move(self, name, zone):
        answer = self.ask(name, "PUT", "/users/me", {"timezone": zone})
        self.agree(answer, 200, setattr, self.people[name], "zone", zone)

    @rule(
        name=PEOPLE,
        changes=st.fixed_dictionaries(
            {},
            optional={
                "focus_min": st.sampled_from([1, 25, 60]),
                "short_break_min": st.sampled_from([1, 5, 120]),
                "long_break_min": st.sampled_from([1, 15, 120]),
                "rounds": st.sampled_from([2, 3, 4]),
                "breaks": st.booleans(),
            },
        ).filter(bool),
    )
    def change_rhythm(self, name, changes):
        answer = self.ask(name, "PATCH", "/users/me/preferences", changes)
        likes = self.likes[name]
        self.agree(answer, 200, vars(likes).update, changes)
        self.match(answer.json(), vars(likes))

    @precondition(lambda self: self.sessions)
    @rule(recent=RECENT, method=st.sampled_from(["GET", "PATCH", "DELETE"]))
    def pry(self, recent, method):
        """A stranger's hand finds nothing, and changes nothing."""
        name, session = self.recent(recent)
        stranger = "bob" if name == "alice" else "alice"
        body = {"completed": True} if method == "PATCH" else None
        self.refused(stranger, method, f"/sessions/{session.id}", body, "SESSION")
        planting = {"session_id": session.id, "plant_type": "Rose"}
        self.refused(stranger, "POST", "/garden", planting, "SESSION")
        if session.plant:
            body = {"growth_stage": 5} if method == "PATCH" else None
            path = f"/garden/{session.plant.id}"
            self.refused(stranger, method, path, body, "PLANT")
        self.actor = name

    @rule(
        name=PEOPLE,
        goals=st.dictionaries(
            st.sampled_from(["daily_min", "weekly_min"]), GOALS, max_size=2
        ),
        weekdays=st.none() | st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    )
    def set_out(self, name, goals, weekdays):
        body, changes = dict(goals), {one[:-4]: goal for one, goal in goals.items()}
        if weekdays or not goals:
            body["weekdays"] = sorted(weekdays or WEEKDAYS)
            chosen = [one for one in WEEKDAYS if one in body["weekdays"]]
            changes["weekdays"] = tuple(chosen)
        answer = self.ask(name, "PUT", "/plan", body)
        self.agree(answer, 200, self.people[name].set_out, changes, self.now)
        assert answer.json() == self.shown_plan(name)

    @rule(name=PEOPLE, ahead=DAYS_AWAY, days=st.integers(1, 60), kind=KINDS)
    def take_days_off(self, name, ahead, days, kind):
        person = self.people[name]
        first = person.today(self.now) + ahead * DAY
        last = first + (days - 1) * DAY
        body = {"from": first.isoformat(), "to": last.isoformat(), "kind": kind}
        answer = self.ask(name, "PUT", "/days-off", body)
        self.agree(answer, 200, person.take_off, first, last, kind, self.now)

    @rule(name=PEOPLE, ahead=DAYS_AWAY, days=st.integers(1, 60))
    def give_days_off_back(self, name, ahead, days):
        person = self.people[name]
        first = person.today(self.now) + ahead * DAY
        last = first + (days - 1) * DAY
        answer = self.ask(name, "DELETE", f"/days-off?from={first}&to={last}")
        self.agree(answer, 204, person.give_back, first, last, self.now)

    @rule(name=PEOPLE, back=st.integers(0, 12), minutes=st.integers(1, 720))
    def tell(self, name, back, minutes):
        """An entry, as it stands in the table: what the routes refuse is tried there."""
        person = self.people[name]
        day = person.today(self.now) - back * DAY
        person.told.append((day, minutes))
        EntryFactory(
            user=self.users[name],
            local_date=day,
            timezone=person.zone,
            minutes=minutes,
            at=self.now - back * DAY,
            ended_at=None,
        )
        self.actor, self.compared = name, False

    # What the clock does

    @rule(span=SPANS)
    def wait(self, span):
        self.traveller.shift(span)

    @rule(name=PEOPLE, edge=EDGES)
    def wait_for_midnight(self, name, edge):
        zone = ZoneInfo(self.people[name].zone)
        tomorrow = self.people[name].today(self.now + 2 * SECOND) + DAY
        midnight = datetime.combine(tomorrow, clock_time(), zone).astimezone(UTC)
        self.traveller.move_to(midnight + edge)

    @precondition(lambda self: any(one.active for one in self.people.values()))
    @rule(edge=EDGES)
    def wait_for_deadline(self, edge):
        """To the end of the earliest plan."""
        running = [one.active for one in self.people.values() if one.active]
        due = min(session.deadline for session in running)
        if due + edge > self.now:
            self.traveller.move_to(due + edge)

    @rule()
    def settle_forgotten_sessions(self):
        call_command("settle_overdue_sessions", stdout=StringIO(), stderr=StringIO())
        for person in self.people.values():
            person.settle_forgotten(self.now)

    @rule(
        name=PEOPLE,
        planned=PLANS,
        spent=st.integers(1, 200 * 60).map(lambda n: n * SECOND),
        pause=st.integers(16, 30).map(lambda n: n * 3600 * SECOND),
    )
    def keep_the_habit(self, name, planned, spent, pause):
        """A whole day in one step, or no streak would ever get long."""
        self.start(name, planned, None)
        self.traveller.shift(spent)
        own = self.people[name].sessions[-1]
        position = self.sessions.index((name, own))
        self.change(position, {"completed": True}, Session.complete, self.now)
        self.traveller.shift(pause)

    @rule(name=PEOPLE, days=st.integers(6, 9), missed=st.integers(0, 2))
    def keep_the_habit_for_days(self, name, days, missed):
        """A freeze is full after seven days, and two are after fourteen."""
        for _ in range(days):
            self.keep_the_habit(name, 60, 3600 * SECOND, 23 * 3600 * SECOND)
        self.traveller.shift(missed * DAY)

    # What must be the same

    @invariant()
    def reads_the_same(self):
        if not hasattr(self, "actor"):
            return
        self.compared = False
        other = "bob" if self.actor == "alice" else "alice"
        looks = [(look, who) for who in (self.actor, other) for look in self.looks]
        if PROFILE == "quick":
            # The first few always, of the rest two in turn: what goes wrong in the
            # stored figures stays wrong, and at the end all of it is compared.
            turn = 2 * self.steps
            looks = looks[:3] + [looks[(turn + n) % len(looks)] for n in (0, 1)]
        for look, who in looks:
            look(who)
        self.steps += 1
        self.compared = True


@pytest.mark.row("C15")
@pytest.mark.usefixtures("db")
def test_two_lives_read_as_the_rules_say(caplog):
    caplog.set_level(logging.ERROR)  # a line for each of 10 000 requests tells nothing
    run_state_machine_as_test(TwoLives, settings=PROFILES[PROFILE])


@pytest.mark.slow
@pytest.mark.usefixtures("db")
def test_many_lives_read_as_the_rules_say(caplog):
    caplog.set_level(logging.ERROR)
    many = settings(PROFILES[PROFILE], max_examples=60)
    run_state_machine_as_test(TwoLives, settings=many)
