"""`make plans`: how Postgres finds the rows of every hot statement at a million users.

The statements are those that the routes really send, with their parameters. Fails where
one reads a whole table, or sorts what does not fit into memory.
"""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import data
from benchmarks.routes import READS

USERS, DAYS = 1_000_000, 30
RESULT = Path(__file__).resolve().parent.parent / "docs" / "plans.md"
# A moment at which reports are due in half of the world.
MONDAY = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
# Small however many people there are.
SMALL = ("rank_changes",)
Statement = tuple[str, Any]


def main() -> None:
    # Before Django reads its settings.
    url = data.prepare(USERS, DAYS)
    data.add_the_rest(url)
    os.environ["DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "focusguard.settings"
    os.environ["LOG_LEVEL"] = "WARNING"
    os.environ["RATE_LIMIT_PER_MINUTE"] = str(2**31 - 1)
    # Its mails stay in the outbox.
    os.environ["EMAIL_URL"] = (RESULT.parent.parent / ".local" / "mail").as_uri()
    os.environ["DASHBOARD_URL"] = "http://localhost:8000"
    import django

    django.setup()
    found = list(_plans())
    bad = [
        f"{route}: {line.strip()}"
        for route, _, plan in found
        for line in plan
        if _is_bad(line)
    ]
    RESULT.write_text(_page(found))
    print(f"{len(found)} plans written to {RESULT.name}")
    if bad:
        sys.exit("\n".join(bad))


def _plans() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (route, statement, lines of its plan) for what each hot route asks."""
    from django.db import connection, transaction

    for route, ask in _asking().items():
        ask()  # what a process asks only once
        with transaction.atomic():
            statements: list[Statement] = []
            with connection.execute_wrapper(_noting(statements)):
                ask()
            transaction.set_rollback(True)
        for sql, params in statements:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
                plan = [line for (line,) in cursor.fetchall()]
                transaction.set_rollback(True)
            yield route, sql, plan


def _asking() -> dict[str, Callable[[], object]]:
    """Return for each hot route how to ask for it, as somebody with a usual log."""
    from rest_framework.test import APIClient

    from accounts.devices.one_door import open_device
    from accounts.models import User
    from leaderboard import counting
    from reports.mondays import due_zones
    from reports.selectors import who_is_due
    from reports.services import WEEKLY_REPORT

    counting.fold()
    user = User.objects.filter(
        is_active=True,
        stats__total_sessions__range=(9, 15),
        focus_sessions__label__isnull=False,
    )[0]
    session = user.focus_sessions.filter(label__isnull=False).latest("created_at")
    device = open_device(user=user)
    client = APIClient(
        HTTP_AUTHORIZATION=f"Bearer {device.access_token}", HTTP_HOST="localhost"
    )

    def reading(path: str) -> Callable[[], object]:
        return lambda: _expect(client.get(path), 200)

    def start_and_complete() -> None:
        started = client.post("/api/sessions", {"duration_min": 25}, format="json")
        _expect(started, 201)
        path = f"/api/sessions/{started.json()['id']}"
        _expect(client.patch(path, {"completed": True}, format="json"), 200)

    token = device.refresh_token

    def refresh() -> None:
        nonlocal token
        body = {"refresh_token": token}
        answer = client.post("/api/auth/refresh", body, format="json")
        _expect(answer, 200)
        token = answer.json()["refresh_token"]

    def forget() -> None:
        body = {"email": user.email}
        _expect(client.post("/api/auth/password/forgot", body, format="json"), 202)

    def tell() -> None:
        body = {"at": f"{MONDAY:%Y-%m-%d}T03:00:00Z", "minutes": 5}
        told = client.post("/api/entries", body, format="json")
        _expect(told, 201)
        _expect(client.delete(f"/api/entries/{told.json()['id']}"), 204)

    deeper = client.get("/api/history?limit=5").json()["next"]
    month = f"from={MONDAY - dt.timedelta(days=30):%Y-%m-%d}&to={MONDAY:%Y-%m-%d}"
    return {
        **{route: reading(path) for route, path in READS.items()},
        "history": reading("/api/history"),
        "history, a later page": reading(deeper),
        "history?label": reading(f"/api/history?label={session.label_id}"),
        "history?kind=entry": reading("/api/history?kind=entry"),
        "garden/landscape": reading(f"/api/garden/landscape?{month}"),
        "labels": reading("/api/labels"),
        "sessions/now": reading("/api/sessions/now"),
        "consequences": reading(f"/api/sessions/{session.pk}/consequences"),
        "stats/today": reading("/api/stats/today"),
        "stats/calendar": reading("/api/stats/calendar"),
        "stats/labels": reading("/api/stats/labels"),
        "stats/hours": reading("/api/stats/hours"),
        "plan": reading("/api/plan"),
        "days-off": reading("/api/days-off"),
        "users/me/preferences": reading("/api/users/me/preferences"),
        "entries: told and deleted": tell,
        "auth/password/forgot": forget,
        "weekly reports, each minute": lambda: who_is_due(
            WEEKLY_REPORT, list(due_zones(MONDAY)), 100
        ),
        "start + complete": start_and_complete,
        # Last: with a token of before, each request asks once more.
        "auth/refresh": refresh,
    }


def _expect(answer: Any, status: int) -> None:
    assert answer.status_code == status, answer.content


def _noting(statements: list[Statement]) -> Callable[..., Any]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip(" \n(").startswith(
            ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
        ):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    return note


def _is_bad(line: str) -> bool:
    reads_all = "Seq Scan on" in line and not any(name in line for name in SMALL)
    return reads_all or "Disk:" in line or "temp read" in line


def _page(found: list[tuple[str, str, list[str]]]) -> str:
    lines = [
        "# Plans",
        "",
        f"Every statement of the hot routes at {USERS:,} users, as `make plans` last "
        "found them with `EXPLAIN (ANALYZE, BUFFERS)`. It fails where one reads a whole "
        "table or sorts on disk.",
        "",
        "| route | statement | ms | pages |",
        "|---|---|---:|---:|",
    ]
    for n, (route, sql, plan) in enumerate(found, 1):
        lines.append(
            f"| {route} | [{n}. {_short(sql)}](#{n}) | {_time(plan)} | {_pages(plan)} |"
        )
    for n, (route, sql, plan) in enumerate(found, 1):
        lines += ["", f'<a id="{n}"></a>', "", f"**{n}. {route}**", ""]
        lines += ["```sql", " ".join(sql.split()), "```", "", "```", *plan, "```"]
    return "\n".join(lines) + "\n"


def _short(sql: str) -> str:
    words = sql.replace('"', "").split()
    table = next(
        (
            words[n + 1].strip("(),")
            for n, word in enumerate(words[:-1])
            if word in ("FROM", "INTO", "UPDATE") and words[n + 1][0] != "("
        ),
        "",
    )
    return f"{words[0]} {table}"


def _time(plan: list[str]) -> str:
    return next(line.split()[2] for line in plan if line.startswith("Execution Time"))


def _pages(plan: list[str]) -> int:
    """Return the pages that the whole statement touched: the first count is of all."""
    for line in plan:
        if line.strip().startswith("Buffers: shared"):
            return sum(
                int(part.split("=")[1])
                for part in line.split()
                if part.startswith(("hit=", "read="))
            )
    return 0


if __name__ == "__main__":
    main()
