"""A backup holds everything, and what it brings back is ended as operations.md says."""

import re
import subprocess

import pytest
from django.conf import settings

from focusguard.local import postgres as local_postgres
from tests.live.people import register
from tests.live.servers import own_postgres
from tests.live.stack import Request, running_stack

pytestmark = [pytest.mark.live, pytest.mark.slow, pytest.mark.xdist_group("faults")]

OPERATIONS = settings.BASE_DIR / "docs" / "operations.md"


@pytest.fixture
def original(tmp_path):
    with own_postgres(tmp_path / "original") as server:
        yield server


@pytest.fixture
def restored(tmp_path):
    with own_postgres(tmp_path / "restored") as server:
        yield server


def run(program, *arguments):
    subprocess.run(
        [local_postgres.binaries() / program, *arguments],
        check=True,
        capture_output=True,
        text=True,
    )


def checksums(server):
    """Digest the rows of every table."""
    tables = server.ask(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    return {
        name: server.ask(
            f'SELECT count(*), sum(hashtextextended(t::text, 0)) FROM "{name}" t'
        )
        for (name,) in tables
    }


@pytest.mark.row("F18")
def test_backup_brings_everything_back(original, restored, tmp_path):
    backup = str(tmp_path / "backup")
    with running_stack(tmp_path, DATABASE_URL=original.url) as stack:
        person = register(stack)
        person.ask("POST", "/sessions", {"duration_min": 25})
        run("pg_dump", "--format=custom", f"--file={backup}", original.url)
        kept = checksums(original)
        assert person.ask("POST", "/auth/logout").status_code == 204
        assert person.ask("GET", "/users/me").status_code == 401
    run("pg_restore", "--clean", "--if-exists", f"--dbname={restored.url}", backup)
    assert checksums(restored) == kept
    restored.manage("migrate", "--check")
    restored.manage("verify_stats")
    with running_stack(tmp_path, DATABASE_URL=restored.url) as stack:
        back = Request("GET", "/api/users/me", token=person.token)
        assert stack.send(back).status_code == 200
        (everybody_out,) = re.findall(
            r"`(UPDATE auth_sessions [^`]+)`", OPERATIONS.read_text()
        )
        restored.ask(everybody_out)
        assert stack.send(back).status_code == 401
