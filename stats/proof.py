"""The figures that follow from the log, and where the stored ones differ."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Count, Sum

from accounts.models import User, level_for_xp
from sessions_app.entries.selectors import OVERLAPS_SQL
from sessions_app.models import FocusSession
from stats.models import UserStats
from stats.moves import Focus, at_home, fold_log
from stats.streaks import Streaks, fold

BATCH_SIZE = 1000  # users

# One statement a batch, so that stored and logged figures are of the same moment. Days
# are enough of whoever was in one zone all along; of the others each session is needed.
BATCH_SQL = f"""
SELECT u.id, u.xp_points, u.lvl,
       coalesce(s.total_focus_min, 0), coalesce(s.total_sessions, 0),
       coalesce(s.streak_length, 0), s.last_focus_date, coalesce(s.best_streak, 0),
       coalesce(s.streak_zone, ''), s.streak_until,
       log.minutes, log.sessions, log.days, log.zone, moves.at, moves.days, moves.zones,
       twice.entries, twice.records
FROM {User._meta.db_table} u
LEFT JOIN {UserStats._meta.db_table} s ON s.user_id = u.id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(focus_min), 0) AS minutes, count(*) AS sessions,
           coalesce(array_agg(DISTINCT local_date), ARRAY[]::date[]) AS days,
           min(timezone) AS zone, max(timezone) AS other_zone
    FROM {FocusSession._meta.db_table}
    WHERE user_id = u.id AND status = 'completed' AND focus_min > 0
) log
CROSS JOIN LATERAL (
    SELECT array_agg(created_at) AS at, array_agg(local_date) AS days,
           array_agg(timezone) AS zones
    FROM {FocusSession._meta.db_table}
    WHERE log.zone <> log.other_zone
      AND user_id = u.id AND status = 'completed' AND focus_min > 0
) moves
CROSS JOIN LATERAL (
    SELECT array_agg(entry_id) AS entries, array_agg(record_id) AS records
    FROM ({OVERLAPS_SQL}) pairs
) twice
WHERE u.id > %s AND u.id <= %s
ORDER BY u.id
LIMIT %s
"""  # noqa: S608  (only names of our own tables)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a user that are derived from the session log."""

    xp_points: int
    lvl: int
    total_focus_min: int
    total_sessions: int
    streak_length: int
    last_focus_date: date | None
    best_streak: int
    # They follow from the same days, and are proven with them.
    streak_zone: str = field(default="", compare=False)
    streak_until: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """How many users were checked and differ, how many entries overlap, and rules miss."""

    users: int
    differ: int
    overlaps: int
    rules_missing: int

    @property
    def holds(self) -> bool:
        return not (self.differ or self.overlaps or self.rules_missing)


@dataclass(frozen=True, slots=True)
class Account:
    """A user's stored figures, beside what the log says.

    And the pairs of an entry and another record that take the same time.
    """

    user_id: uuid.UUID
    stored: Figures
    logged: Figures
    overlaps: list[tuple[uuid.UUID, uuid.UUID]] = field(default_factory=list)

    @property
    def differences(self) -> list[tuple[str, object, object]]:
        """List (figure, stored, logged) for each one that is off."""
        return [
            (name, getattr(self.stored, name), getattr(self.logged, name))
            for name in Figures.__slots__
            if getattr(self.stored, name) != getattr(self.logged, name)
        ]


def figures_of_log(minutes: int, sessions: int, streaks: Streaks) -> Figures:
    """Return what follows from a log: credited minutes, sessions, and their streaks."""
    return Figures(
        xp_points=minutes,
        lvl=level_for_xp(minutes),
        total_focus_min=minutes,
        total_sessions=sessions,
        streak_length=streaks.length,
        last_focus_date=streaks.last_date,
        best_streak=streaks.best,
        streak_zone=streaks.zone,
        streak_until=streaks.until,
    )


def figures_of_user(user_id: uuid.UUID) -> Figures:
    """Fold the log of one user."""
    credited = FocusSession.objects.for_user(user_id).credited()
    totals = credited.aggregate(minutes=Sum("focus_min"), sessions=Count("id"))
    return figures_of_log(
        totals["minutes"] or 0, totals["sessions"], streaks_of_log(user_id)
    )


def streaks_of_log(user_id: uuid.UUID) -> Streaks:
    """Fold the days of one user, moves included."""
    credited = FocusSession.objects.for_user(user_id).credited()
    log = credited.values_list("created_at", "local_date", "timezone")
    return fold_log(Focus(*row) for row in log)


def accounts(*, batch_size: int, only: User | None = None) -> Iterator[list[Account]]:
    """Read every user's figures in batches, in the order of their ids; or `only` one's.

    A user with no stats row counts as one with zeros.
    """
    after, last = uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)
    if only is not None:
        after, last = uuid.UUID(int=only.pk.int - 1), only.pk
    while True:
        with connection.cursor() as cursor:
            cursor.execute(BATCH_SQL, [after, last, batch_size])
            rows = cursor.fetchall()
        if not rows:
            return
        yield [_account(row) for row in rows]
        after = rows[-1][0]


def _account(row: tuple[Any, ...]) -> Account:
    *figures, entries, records = row
    user_id, *stored, minutes, sessions, days, zone, moved_at, moved_on, zones = figures
    if moved_at:
        streaks = fold_log(map(Focus, moved_at, moved_on, zones))
    else:
        streaks = at_home(fold(days), zone)
    logged = figures_of_log(minutes, sessions, streaks)
    # Sorted here: Postgres went through everybody's entries to have them in order.
    overlaps = sorted(zip(entries or (), records or (), strict=True))
    return Account(user_id, Figures(*stored), logged, overlaps)


def prove(
    *,
    found: Callable[[str], object],
    checked: Callable[[int], object] = lambda users: None,
) -> Proof:
    """Recompute every user's figures, and look for overlaps and the database's rules.

    Reads only, beside any traffic. `found` is told each difference (user, figure,
    stored, logged), each entry whose time another record takes, and each rule that is
    missing; `checked` how many users a batch had.
    """
    users = differ = overlaps = 0
    for batch in accounts(batch_size=BATCH_SIZE):
        for account in batch:
            differ += bool(account.differences)
            overlaps += len(account.overlaps)
            for figure, stored, logged in account.differences:
                where = f"{account.user_id} {figure}"
                found(f"{where}: stored {stored}, logged {logged}")
            for entry_id, record_id in account.overlaps:
                found(f"{account.user_id} entry {entry_id}: overlaps {record_id}")
        users += len(batch)
        checked(len(batch))
    missing = missing_constraints()
    for rule in missing:
        found(f"not enforced by the database: {rule}")
    return Proof(users, differ, overlaps, len(missing))


def find_user(id_or_name: str) -> User | None:
    """Find a user by id, username or e-mail."""
    # A username may look like an id; the id goes first.
    with suppress(ValueError):
        identified: User | None = User.objects.filter(pk=uuid.UUID(id_or_name)).first()
        if identified is not None:
            return identified
    named: User | None = User.objects.identified_by(id_or_name).first()
    return named


def missing_constraints() -> list[str]:
    """List the rules of our models that the database does not enforce.

    What they forbid (two active sessions, credit without focus, a plant number
    twice, a row without its user) cannot be in a database that has them all.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conname FROM pg_constraint WHERE convalidated
            UNION
            SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
            WHERE indisunique AND indisvalid
            """
        )
        enforced = {name for (name,) in cursor.fetchall()}
    return sorted(
        f"{model._meta.label}: {constraint.name}"
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.name not in enforced
    )
