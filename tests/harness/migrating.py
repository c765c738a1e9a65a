"""The database that the workers of a run copy, since migrating takes each of them seconds."""

from pathlib import Path

from django.conf import settings
from django.db import connection

from local.file_locks import locked

MIGRATED = "test_focusguard_migrated"


def migrated_once(run: Path) -> None:
    """Let this worker's test database be a copy of one that is migrated once a run.

    `run` is the folder that the workers of a run share. The copy is migrated too, which
    finds nothing to do.
    """
    made = run / "migrated"
    with locked(run / "migrating"):
        if not made.exists():
            _migrate()
            made.touch()
    connection.settings_dict["TEST"]["TEMPLATE"] = MIGRATED


def _migrate() -> None:
    """Make the database anew, as `make test` of an earlier day may have left one."""
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    with_own_name = test["NAME"]
    test["NAME"] = MIGRATED
    try:
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False
        )
        # A database is copied while nobody uses it.
        connection.close()
    finally:
        test["NAME"] = with_own_name
        connection.settings_dict["NAME"] = own
        settings.DATABASES[connection.alias]["NAME"] = own
