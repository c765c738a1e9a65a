"""People and their histories into the tables, by COPY."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.db.models.functions import Lower

from accounts.models import User
from demo.history import DoneSession, PlantedPlant, history
from demo.intentions import Intentions
from demo.people import Person
from garden.models import Plant
from sessions_app.models import Entry, FocusSession, Label
from stats.models import DayOff, FocusPlan, UserStats
from stats.moves import at_home
from stats.proof import Figures, figures_of_log
from stats.streaks import fold

# A plain string: a member of an enum costs COPY more.
MANUAL = Entry.Source.MANUAL.value

Row = tuple[Any, ...]
# A person, and the generator that draws their history.
PersonAndChance = tuple[Person, random.Random]

# A transaction of about 15 000 sessions for 90 days: half a second, 30 MB.
CHUNK_USERS = 500

# In this order: none points to a later one.
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    User: (
        *("id", "username", "email", "password", "timezone", "lvl", "xp_points"),
        *("leaderboard_visible", "is_active", "is_staff", "is_superuser"),
        *("email_verified_at", "created_at", "updated_at"),
    ),
    Label: ("id", "user_id", "name", "color", "archived_at", "created_at"),
    FocusSession: (
        *("id", "user_id", "duration_min", "status", "focus_min"),
        *("local_date", "started_minute", "timezone", "created_at", "ended_at"),
        *("label_id", "note"),
    ),
    Entry: (
        *("id", "label_id", "note", "at", "minutes", "local_date", "created_at"),
        *("user_id", "timezone", "source"),
    ),
    Plant: (
        *("id", "user_id", "session_id", "plant_num", "plant_type"),
        *("growth_stage", "state", "created_at"),
    ),
    UserStats: (
        *("user_id", "total_focus_min", "total_sessions", "streak_length"),
        *("last_focus_date", "best_streak", "streak_zone", "streak_until"),
        "updated_at",
    ),
    FocusPlan: ("user_id", "from_date", "daily_min", "weekly_min", "weekdays"),
    DayOff: ("user_id", "day", "kind"),
}


@dataclass(slots=True)
class Batch:
    """The rows of some people, by table."""

    rows: dict[type[Model], list[Row]] = field(
        default_factory=lambda: {model: [] for model in COLUMNS}
    )

    def add(self, person: Person, rng: random.Random, now: datetime) -> None:
        """Live a person's history, and fold it as the apps do."""
        minutes = sessions = 0
        days = []
        credited_at = None
        intentions = Intentions(person, now)
        for session in history(person, rng, now):
            self.rows[FocusSession].append(_session_row(person, session, intentions))
            if session.plant:
                self.rows[Plant].append(_plant_row(person, session, session.plant))
            if session.focus_min:
                minutes += session.focus_min
                sessions += 1
                days.append(session.local_date)
                credited_at = session.ended_at
        streaks = at_home(fold(days), person.zone)
        figures = figures_of_log(minutes, sessions, streaks)
        updated_at = credited_at or person.created_at
        self.rows[User].append(_user_row(person, figures, updated_at))
        if sessions:
            self.rows[UserStats].append(_stats_row(person, figures, updated_at))
        self._add_intentions(person, intentions, set(days))

    def _add_intentions(
        self, person: Person, intentions: Intentions, focused: set[date]
    ) -> None:
        self.rows[Label] += [
            (label.id, person.id, *label[1:]) for label in intentions.labels
        ]
        self.rows[Entry] += [
            (*entry, person.id, person.zone, MANUAL)
            for entry in intentions.entries(focused)
        ]
        self.rows[FocusPlan] += [(person.id, *plan) for plan in intentions.plans]
        self.rows[DayOff] += [(person.id, *day) for day in intentions.days_off]

    @property
    def size(self) -> Counter[type[Model]]:
        return Counter({model: len(rows) for model, rows in self.rows.items()})

    def store(self) -> None:
        """Write the rows in one transaction, so that people come whole or not at all."""
        with transaction.atomic(), connection.cursor() as cursor:
            for model, columns in COLUMNS.items():
                _copy(cursor, model._meta.db_table, columns, self.rows[model])


def load(
    people: Iterable[PersonAndChance], now: datetime, *, dry_run: bool
) -> Iterator[Counter[type[Model]]]:
    """Add people with their histories up to `now`; yield the rows that each chunk added.

    IntegrityError when a name is taken; the chunks before that one stay.
    """
    remaining = iter(people)
    while chunk := list(islice(remaining, CHUNK_USERS)):
        batch = Batch()
        for person, rng in chunk:
            batch.add(person, rng, now)
        if not dry_run:
            batch.store()
        yield batch.size


def taken(usernames: Iterable[str]) -> Iterator[str]:
    """Yield those of the usernames that somebody has, in any case."""
    remaining = iter(usernames)
    while chunk := list(islice(remaining, CHUNK_USERS)):
        folded = User.objects.alias(folded=Lower("username")).filter(folded__in=chunk)
        yield from (name.lower() for name in folded.values_list("username", flat=True))


def without_taken(
    people: Iterable[PersonAndChance],
) -> Iterator[PersonAndChance]:
    """Pass over the people whose usernames somebody has."""
    remaining = iter(people)
    while chunk := list(islice(remaining, CHUNK_USERS)):
        there = set(taken(person.username for person, _ in chunk))
        yield from (known for known in chunk if known[0].username not in there)


def analyze() -> None:
    """Tell the planner what the tables are like now."""
    with connection.cursor() as cursor:
        for model in COLUMNS:
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _copy(
    cursor: CursorWrapper, table: str, columns: tuple[str, ...], rows: Iterable[Row]
) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    # Django wraps the errors of every other call of a cursor in its own, but not these.
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _user_row(person: Person, figures: Figures, updated_at: datetime) -> Row:
    return (
        *(person.id, person.username, person.email, person.password, person.zone),
        *(figures.lvl, figures.xp_points),
        *(person.leaderboard_visible, person.is_active, False, False),
        *(person.created_at, person.created_at, updated_at),
    )


def _session_row(person: Person, session: DoneSession, intentions: Intentions) -> Row:
    return (
        *(session.id, person.id, session.duration_min, session.status),
        *(session.focus_min, session.local_date, session.started_minute, person.zone),
        *(session.created_at, session.ended_at),
        *(intentions.label(), intentions.note()),
    )


def _plant_row(person: Person, session: DoneSession, plant: PlantedPlant) -> Row:
    return (
        *(plant.id, person.id, session.id, plant.number, plant.kind),
        *(plant.stage, plant.state, plant.created_at),
    )


def _stats_row(person: Person, figures: Figures, updated_at: datetime) -> Row:
    return (
        *(person.id, figures.total_focus_min, figures.total_sessions),
        *(figures.streak_length, figures.last_focus_date, figures.best_streak),
        *(figures.streak_zone, figures.streak_until, updated_at),
    )
