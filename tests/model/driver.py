"""Requests of two people who are led over HTTP and in the reference model at once."""

import json
from datetime import UTC, datetime, timedelta

from rest_framework.test import APIClient

from accounts.devices import one_door
from tests.model.reference import DAY, SECOND, Refused


class Driver:
    """`users` and `people` are the two in the database and in the model, by name."""

    # Made once: a client loads the middleware, and that costs as much as ten requests.
    clients = {"alice": APIClient(), "bob": APIClient()}

    @property
    def now(self):
        return datetime.now(UTC)

    @property
    def sessions(self):
        """Return the sessions of all users, newest first."""
        everybody = getattr(self, "people", {}).items()
        owned = [(name, one) for name, person in everybody for one in person.sessions]
        return sorted(reversed(owned), key=lambda pair: pair[1].began, reverse=True)

    @property
    def plants(self):
        return [(name, session) for name, session in self.sessions if session.plant]

    def recent(self, position):
        return self.sessions[position % len(self.sessions)]

    def client(self, name):
        """Sign in on a new device when the moved clock has outlived the token."""
        if self.now >= self.valid_until.get(name, self.now):
            device = one_door.open_device(user=self.users[name])
            bearer = f"Bearer {device.access_token}"
            self.clients[name].credentials(HTTP_AUTHORIZATION=bearer)
            self.valid_until[name] = self.now + timedelta(minutes=14)
        return self.clients[name]

    def ask(self, name, method, path, body=None):
        if method != "GET":
            self.actor, self.compared = name, False
        return self.client(name).generic(
            method,
            f"/api{path}",
            "" if body is None else json.dumps(body),
            content_type="application/json",
        )

    def read(self, name, path):
        answer = self.ask(name, "GET", path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def agree(self, answer, status, act, *args):
        """Do it in the model too; true-ish what it returns, None where it refuses."""
        try:
            result = act(*args)
        except Refused as no:
            detail = answer.json()["detail"]
            assert (answer.status_code, detail["error_code"]) in no.answers
            return None
        assert answer.status_code == status, answer.content
        return True if result is None else result

    def change(self, position, body, act, *args):
        name, session = self.recent(position)
        answer = self.ask(name, "PATCH", f"/sessions/{session.id}", body)
        if self.agree(answer, 200, act, session, *args):
            assert answer.json() == self.shown_session(name, session)

    def put_in_the_ground(self, name, session, species, stage=None, number=None):
        body = {"session_id": session.id, "plant_type": species}
        body |= {} if stage is None else {"growth_stage": stage}
        body |= {} if number is None else {"plant_num": number}
        answer = self.ask(name, "POST", "/garden", body)
        level = self.level_needed[species]
        planting = (session, species, level, stage or 0, number, self.now)
        if plant := self.agree(answer, 201, self.people[name].plant, *planting):
            plant.id = answer.json()["id"]
            self.match(answer.json(), self.shown_plant(name, session))

    def refused(self, stranger, method, path, body, what):
        answer = self.ask(stranger, method, path, body)
        assert answer.status_code == 404, answer.content
        assert answer.json()["detail"]["error_code"] == f"{what}_NOT_FOUND"

    def match(self, seen, expected):
        assert {key: seen[key] for key in expected} == expected

    def shown_session(self, name, session):
        session = session.as_of(self.now)
        return {
            "id": session.id,
            "user_id": self.people[name].id,
            "duration_min": session.planned,
            "status": session.status,
            "completed": session.status == "completed",
            "focus_min": session.focus_min,
            "local_date": session.local_date.isoformat(),
            "created_at": stamp(session.began),
            "ended_at": session.ended and stamp(session.ended),
        }

    def shown_running(self, name, session):
        return self.shown_session(name, session) | {
            "elapsed_seconds": (self.now - session.began) // SECOND,
            "remaining_seconds": (session.deadline - self.now) // SECOND,
            "overdue": False,
        }

    def shown_plan(self, name):
        person = self.people[name]
        plan = person.last_plan
        return {
            "daily_min": plan.daily,
            "weekly_min": plan.weekly,
            "weekdays": list(plan.weekdays),
            "from_date": max(person.plans).isoformat() if person.plans else None,
        }

    def shown_day(self, name, day):
        person = self.people[name]
        minutes, sessions = person.figures(day, day + DAY)
        manual, goal = person.told_on(day), person.goal_on(day)
        return {
            "date": day.isoformat(),
            "focus_min": minutes,
            "sessions_completed": sessions,
            "manual_min": manual,
            "goal_min": goal,
            "met": None if goal is None else minutes + manual >= goal,
            "mark": person.mark(day, self.now),
        }

    def shown_plant(self, name, session):
        return {
            "id": session.plant.id,
            "user_id": self.people[name].id,
            "session_id": session.id,
            "plant_num": session.plant.number,
            "plant_type": session.plant.species,
            "growth_stage": session.plant.stage,
            "state": session.plant_state,
            "total_plants": len(self.people[name].planted),
        }


def stamp(moment):
    return moment.isoformat().replace("+00:00", "Z")
