"""Reads that must say what the reference model says."""

from datetime import date, datetime
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command

from tests.model.driver import Driver, stamp
from tests.model.phases import phase_of
from tests.model.reference import DAY, ranks

BOARDS = {  # the path, the ranked field, and what the model ranks by
    "xp": ("xp_points", lambda person: person.minutes),
    "focus-time": ("total_focus_min", lambda person: person.minutes),
    "streak": ("best_streak", lambda person: person.best_streak),
    "sessions": ("total_sessions", lambda person: len(person.credited)),
}


class Comparing(Driver):
    @property
    def looks(self):
        boards = [partial(self.compare_board, board) for board in BOARDS]
        return [
            self.compare_stats,
            self.compare_active,
            self.compare_sessions,
            self.compare_days,
            self.compare_garden,
            self.compare_profile,
            self.compare_trends,
            self.compare_phase,
            self.compare_today,
            self.compare_calendar,
            self.compare_plan,
            *boards,
        ]

    def compare_sessions(self, name):
        seen = self.read(name, "/sessions?limit=100")
        mine = self.people[name].sessions
        assert [one["created_at"] for one in seen["sessions"]] == [
            stamp(one.began) for one in reversed(mine[-100:])
        ]
        shown = {one.id: self.shown_session(name, one) for one in mine[-100:]}
        assert {one["id"]: one for one in seen["sessions"]} == shown
        as_seen = [one.as_of(self.now) for one in mine]
        completed = sum(one.status == "completed" for one in as_seen)
        assert seen["total"] == len(mine)
        assert seen["completed_count"] == completed
        assert seen["credited_count"] == sum(one.focus_min > 0 for one in as_seen)
        assert seen["incomplete_count"] == len(mine) - completed

    def compare_active(self, name):
        seen = self.read(name, "/sessions/active")
        active = self.people[name].active
        if active and active.overdue(self.now):
            active = None
        assert seen["has_active"] == bool(active)
        if not active:
            assert seen["session"] is None
            return
        assert seen["session"] == self.shown_running(name, active)

    def compare_phase(self, name):
        person = self.people[name]
        active = person.active
        if active and active.overdue(self.now):
            active = None
        expected = phase_of(person, self.likes[name], self.now)
        for part in ("break", "left"):
            if expected[part]:
                expected[part] = {
                    key: stamp(value) if isinstance(value, datetime) else value
                    for key, value in expected[part].items()
                }
        expected["server_time"] = stamp(self.now)
        own = {"label_id": None, "note": ""}
        expected["session"] = active and self.shown_running(name, active) | own
        assert self.read(name, "/sessions/now") == expected

    def totals(self, name):
        person = self.people[name]
        return {
            "total_focus_min": person.minutes,
            "total_sessions": len(person.credited),
            "current_streak": person.current_streak(self.now),
            "best_streak": person.best_streak,
        }

    def compare_stats(self, name):
        expected = {"user_id": self.people[name].id} | self.totals(name)
        self.match(self.read(name, "/stats/me"), expected)

    def figures(self, name):
        """Return all that the deletion of a session may change."""
        person = self.people[name]
        return self.totals(name) | {
            "xp_points": person.minutes,
            "lvl": person.level,
            "kept_streak": person.kept(self.now)["length"],
        }

    def compare_profile(self, name):
        person = self.people[name]
        expected = {
            "id": person.id,
            "username": name,
            "lvl": person.level,
            "xp_points": person.minutes,
            "timezone": person.zone,
        }
        self.match(self.read(name, "/users/me"), expected)

    def compare_days(self, name):
        person = self.people[name]
        today = person.today(self.now)
        days = [today - n * DAY for n in range(7)]
        seen = self.read(name, "/stats/daily/7")["daily_stats"]
        assert seen == [
            {
                "date": day.isoformat(),
                "focus_min": person.figures(day, day + DAY)[0],
                "sessions_completed": person.figures(day, day + DAY)[1],
            }
            for day in days
        ]

    def compare_trends(self, name):
        person = self.people[name]
        today = person.today(self.now)
        seen = self.read(name, "/stats/trends")
        monday = today - today.weekday() * DAY
        weeks = [monday - n * 7 * DAY for n in range(-1, 13)]
        month = today.year * 12 + today.month - 1
        months = [
            date((month - n) // 12, (month - n) % 12 + 1, 1) for n in range(-1, 13)
        ]
        for shown, starts in ((seen["weekly"], weeks), (seen["monthly"], months)):
            # From the one after the present period back to the one before the last.
            figures = [
                person.figures(first, after)
                for first, after in zip(starts[1:], starts, strict=False)
            ]
            assert [one["period_start"] for one in shown] == [
                first.isoformat() for first in starts[1:-1]
            ]
            assert [
                (one["focus_min"], one["sessions_completed"]) for one in shown
            ] == figures[:-1]
            compared = [minutes for minutes, _ in figures[1:]]
            # The period that runs, beside the same days of the one before.
            alike = min(starts[2] + (today + DAY - starts[1]), starts[1])
            compared[0] = person.figures(starts[2], alike)[0]
            for one, (minutes, _), before in zip(
                shown, figures, compared, strict=False
            ):
                change = 100 * (minutes - before) / before if before else None
                # Shown to a tenth; the rest is the error of the float.
                assert one["change_pct"] == pytest.approx(change, abs=0.05 + 1e-9)

    def compare_plan(self, name):
        person = self.people[name]
        seen = self.read(name, "/plan")
        assert seen == self.shown_plan(name)
        days = self.read(name, "/days-off")["days"]
        assert {one["date"]: one["kind"] for one in days} == {
            day.isoformat(): kind for day, kind in person.days_off.items()
        }

    def compare_today(self, name):
        person = self.people[name]
        today = person.today(self.now)
        monday = today - today.weekday() * DAY
        days = [self.shown_day(name, monday + n * DAY) for n in range(7)]
        own = days[today.weekday()]
        focus_min = sum(day["focus_min"] for day in days)
        manual_min = sum(day["manual_min"] for day in days)
        goal = person.plan_on(today).weekly
        kept = person.kept(self.now)
        seen = self.read(name, "/stats/today")
        assert seen == {key: own[key] for key in own if key != "mark"} | {
            "week": {
                "start": monday.isoformat(),
                "focus_min": focus_min,
                "manual_min": manual_min,
                "goal_min": goal,
                "met": None if goal is None else focus_min + manual_min >= goal,
                "days": days,
            },
            "streak": kept
            | {
                "protected": [
                    {"date": day.isoformat(), "by": by}
                    for day, by in kept["protected"].items()
                    if day > today - 371 * DAY
                ],
                "at_risk_until": kept["at_risk_until"] and stamp(kept["at_risk_until"]),
            },
        }

    def compare_calendar(self, name):
        today = self.people[name].today(self.now)
        first, last = today - 20 * DAY, today + 5 * DAY
        seen = self.read(name, f"/stats/calendar?from={first}&to={last}")["days"]
        assert seen == [self.shown_day(name, first + n * DAY) for n in range(26)]

    def compare_garden(self, name):
        seen = self.read(name, "/garden?limit=100")
        planted = self.people[name].planted
        assert seen["total"] == len(planted)
        by_id = {one["id"]: one for one in seen["gardens"]}
        assert by_id.keys() == {session.plant.id for session in planted[-100:]}
        for session in planted[-100:]:
            self.match(by_id[session.plant.id], self.shown_plant(name, session))

    def compare_board(self, board, name):
        ranked_field, score = BOARDS[board]
        people = {person.id: (who, person) for who, person in self.people.items()}
        listed = ranks({key: score(person) for key, (_, person) in people.items()})
        own = [rank for rank, key, _ in listed if key == self.people[name].id]
        assert self.read(name, f"/leaderboard/{board}") == {
            "leaderboard": [
                {
                    "rank": rank,
                    "user_id": key,
                    "username": people[key][0],
                    "lvl": people[key][1].level,
                    ranked_field: points,
                }
                for rank, key, points in listed
            ],
            "current_user_rank": own[0] if own else None,
            "total_users": len(listed),
        }

    def prove(self):
        """The stored figures equal those worked out from the log."""
        call_command("verify_stats", stdout=StringIO(), stderr=StringIO())
