"""The database of the benchmark, and people who are signed in."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from benchmarks.stacks import ROOT, ask

PEOPLE = 200  # who are signed in

# A session that was started just now would credit nothing.
BACKDATE = """
    CREATE OR REPLACE FUNCTION bench_backdate() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.created_at = NEW.created_at - interval ''25 minutes''; RETURN NEW; END';
    CREATE OR REPLACE TRIGGER bench_backdate BEFORE INSERT ON sessions
        FOR EACH ROW EXECUTE FUNCTION bench_backdate();
"""


# What `seed_demo` makes none of. The planner reads a table of a few rows whole.
THE_REST = """
    WITH chosen AS (
        UPDATE users SET weekly_report = true, email_verified_at = now()
        WHERE is_active AND hashtext(id::text) % 20 = 0 RETURNING id
    ), preferring AS (
        INSERT INTO preferences (user_id, updated_at) SELECT id, now() FROM chosen
    ), devices AS (
        INSERT INTO auth_sessions (id, user_id, current_jti, created_at, last_used_at,
                                   expires_at, revoked_reason, user_agent)
        SELECT gen_random_uuid(), id, gen_random_uuid(), now(), now(),
               now() + interval '7 days', '', 'Firefox' FROM chosen
    ), links AS (
        INSERT INTO mail_links
            (id, kind, user_id, mail_id, address, from_address, created_at, expires_at)
        SELECT gen_random_uuid(), 'verify', id, gen_random_uuid(), id || '@focus.test',
               '', now(), now() + interval '1 day' FROM chosen
    )
    INSERT INTO mail_outbox (id, kind, key, user_id, address, data, created_at, due_at,
                             tries, state, reason, ended_at)
    SELECT gen_random_uuid(), 'weekly-report', 'weekly-report:' || id || ':' || n, id, '',
           '{}', now(), now(), 1, 'sent', '', now()
    FROM chosen, generate_series(1, 4) n
"""


@dataclass(frozen=True)
class Tokens:
    access: list[str]
    refresh: list[str]


def prepare(users: int, days: int) -> str:
    """Make and fill the database unless it is there; return its URL."""
    server = os.environ["DATABASE_URL"]
    name = f"focusguard_bench_{users}_{days}"
    url = _beside(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        there = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if not there:
            connection.execute(
                sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            )
    manage(url, "migrate", "--verbosity", "0")
    if not ask(url, "SELECT 1 FROM users LIMIT 1"):
        print(f"making {users:,} people", flush=True)
        manage(url, "seed_demo", "--users", str(users), "--days", str(days), "--bulk")
        ask(url, "VACUUM ANALYZE")
    ask(
        url,
        "UPDATE sessions SET status = 'abandoned', ended_at = created_at "
        "WHERE status = 'active'",
    )
    ask(url, BACKDATE)
    return url


def add_the_rest(url: str) -> None:
    """Add devices, preferences and mails of one in twenty, unless they are there."""
    if not ask(url, "SELECT 1 FROM preferences LIMIT 1"):
        ask(url, THE_REST)
        ask(url, "VACUUM ANALYZE")


def fold(url: str) -> None:
    """Fold what the benchmark has changed on the boards, as cron does every minute."""
    manage(url, "fold_leaderboards", "--verbosity", "0")


def sign_in(url: str, who: str, *, people: int = PEOPLE) -> Tokens:
    """Open a device for each of so many people: `BUSIEST` or `TYPICAL`."""
    statement = SIGN_IN.format(who=who, people=people)
    lines = manage(url, "shell", "--no-imports", "--command", statement).split()
    return Tokens(access=lines[0::2], refresh=lines[1::2])


BUSIEST = '.order_by("-stats__total_sessions")'
# As long a log however many people there are.
TYPICAL = ".filter(stats__total_sessions__range=(9, 15))"
SIGN_IN = """
from accounts.devices.one_door import open_device
from accounts.models import User
for user in User.objects.filter(is_active=True, stats__isnull=False){who}[:{people}]:
    device = open_device(user=user)
    print(device.access_token, device.refresh_token)
"""


def manage(url: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def write_tokens(tokens: list[str], directory: Path) -> Path:
    path = directory / "tokens"
    path.write_text("\n".join(tokens) + "\n")
    return path


def _beside(url: str, name: str) -> str:
    parts = conninfo_to_dict(url)
    return (
        f"postgresql://{parts['user']}@/{name}"
        f"?host={parts['host']}&port={parts.get('port', 5432)}"
    )
