"""Migrations beside traffic, there and back."""

import os
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.apps import apps
from django.conf import settings

pytestmark = pytest.mark.slow

# Other reads wait as long as the migration waits for its lock, and a little more.
READ_TIMEOUT = "2s"


@contextmanager
def migrating(postgres, *arguments):
    """Run `migrate` in the background; its output can be read line by line."""
    with subprocess.Popen(
        [sys.executable, "-u", "manage.py", "migrate", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": postgres.url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def reads_up_to(process, words):
    """Read what the command says until a line has the words."""
    return any(words in line for line in process.stdout)


@pytest.mark.row("D03")
def test_migration_waits_for_a_long_read_without_holding_up_others(postgres):
    """Caught: Django's own `migrate`, which fails where it cannot have its lock."""
    with (
        postgres.connect() as reader,
        postgres.connect(options=f"-c statement_timeout={READ_TIMEOUT}") as other,
    ):
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM users")
        # Dropping the table of events needs the users, whom it refers to.
        with migrating(postgres, "accounts", "0001") as process:
            while not postgres.ask(
                "SELECT 1 FROM pg_locks WHERE NOT granted "
                "AND relation = 'users'::regclass"
            ):
                assert process.poll() is None, process.stdout.read()
            other.execute("SELECT count(*) FROM users")
            assert reads_up_to(process, "A table is in use; try 1 of 60")
            reader.execute("COMMIT")
            assert reads_up_to(
                process, "Unapplying accounts.0002_security_events... OK"
            )
            assert process.wait() == 0
    postgres.manage("migrate")


def test_migration_gives_up_with_a_word_on_what_to_do(postgres):
    with postgres.connect() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM focus_plans")
        with migrating(postgres, "stats", "0002", "--tries", "1") as process:
            said = process.stdout.read()
            assert process.wait() == 1
    assert "A table is in use after 1 tries" in said
    assert "pg_stat_activity" in said
    postgres.manage("migrate", "--check")


def test_second_migration_waits_for_the_first(postgres):
    with postgres.connect() as first:
        lock = "(hashtext('focusguard'), hashtext('migrate'))"
        first.execute(f"SELECT pg_advisory_lock{lock}")
        with migrating(postgres) as process:
            assert reads_up_to(process, "Another migrate is running; try 1 of 60")
            first.execute(f"SELECT pg_advisory_unlock{lock}")
            assert process.wait() == 0


@pytest.mark.row("D01")
def test_every_migration_goes_back_and_forth(postgres):
    ours = [config.label for config in apps.get_app_configs() if is_ours(config)]
    before = schema(postgres)
    for label in reversed(ours):
        postgres.manage("migrate", label, "zero")
    left = {table for table, *_ in schema(postgres)}
    tables = {model._meta.db_table for label in ours for model in models(label)}
    assert not left & tables
    postgres.manage("migrate")
    assert schema(postgres) == before


def is_ours(config):
    """Tell whether an app has migrations of ours; a virtualenv may stand in our folder."""
    return (
        config.path.startswith(str(settings.BASE_DIR))
        and not config.path.startswith(sys.prefix)
        and any(config.get_models())
    )


def models(label):
    """Return the models with a table of their own: jobs are shown by proxies."""
    every = apps.get_app_config(label).get_models()
    return [model for model in every if not model._meta.proxy]


def schema(postgres):
    """Return every column, constraint, index, trigger and function."""
    with psycopg.connect(postgres.url) as connection:
        return connection.execute(
            """
            SELECT table_name, column_name, data_type || is_nullable FROM information_schema.columns
                WHERE table_schema = 'public'
            UNION SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
                FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION SELECT tablename, indexname, indexdef FROM pg_indexes
                WHERE schemaname = 'public'
            UNION SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
                FROM pg_trigger WHERE NOT tgisinternal
            UNION SELECT 'function', proname, prosrc FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND prolang <> 12
            ORDER BY 1, 2, 3
            """
        ).fetchall()
