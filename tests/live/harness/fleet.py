"""Start what stands around several web machines: a replica, a pooler, a proxy.

The configuration is that of `deploy/`, with the addresses of the test.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings

from local import postgres
from local.places import Places
from local.processes import wait_until
from tests.live.harness.own_servers import OwnPostgres, made
from tests.live.harness.stack import DEADLINE, Stack

DEPLOY = settings.BASE_DIR / "deploy"


@contextmanager
def replica_of(primary: OwnPostgres, directory: Path) -> Iterator[OwnPostgres]:
    """Stream everything from `primary` into a server that only reads."""
    places = made(directory)
    subprocess.run(
        [
            *(postgres.binaries() / "pg_basebackup", "--write-recovery-conf"),
            *("--wal-method=stream", "--checkpoint=fast"),
            *("--dbname", primary.url, "--pgdata", places.postgres_data),
        ],
        check=True,
        capture_output=True,
    )
    with OwnPostgres(places).running() as server:
        yield server


@contextmanager
def pooled(server: OwnPostgres, directory: Path, *, size: int = 4) -> Iterator[str]:
    """Put PgBouncer before a server; yield the URL of the pool."""
    program = program_of("pgbouncer")
    for name, value in {
        "statement_timeout": "5s",
        "lock_timeout": "2s",
        "idle_in_transaction_session_timeout": "10s",
    }.items():
        server.ask(f"ALTER ROLE {postgres.NAME} SET {name} = '{value}'")
    folder = Path(server.socket).parent
    shipped = (DEPLOY / "pgbouncer.ini").read_text()
    ours = {
        "host=10.0.0.20 port=5432": f"host={folder} port=5432 user={postgres.NAME}",
        "listen_addr = 10.0.0.10": f"unix_socket_dir = {directory}",
        "auth_type = scram-sha-256": "auth_type = any",
        "auth_file = /etc/pgbouncer/userlist.txt": "",
        # Fewer than the threads, so that they do share.
        "default_pool_size = 20": f"default_pool_size = {size}",
    }
    config = directory / "pgbouncer.ini"
    config.write_text(replaced(shipped, ours))
    # It refuses to be root, as Postgres does.
    places = Places(directory)
    identity = postgres._identity(places)
    log = (directory / "pgbouncer.log").open("wb")
    process = subprocess.Popen(
        [*identity.prefix, program, config],
        stdout=log,
        stderr=log,
        **identity.options,
    )
    url = f"postgresql://{postgres.NAME}@:6432/{postgres.NAME}?host={directory}"
    try:
        assert wait_until(lambda: answers(url), seconds=DEADLINE), log.name
        yield url
    finally:
        process.terminate()
        process.wait(DEADLINE)
        log.close()


@contextmanager
def proxied(
    ports: list[int], port: int, directory: Path, changes: Mapping[str, str] = {}
) -> Iterator[Stack]:
    """Put nginx before two machines; what it yields is asked as one of them is.

    `changes` are made in its configuration, beside those that every test needs.
    """
    program = program_of("nginx")
    site = (DEPLOY / "nginx.conf").read_text()
    site = re.sub(r"(?m)^ +ssl_certificate.*\n", "", site)
    ours = {
        "10.0.0.11:8000": f"127.0.0.1:{ports[0]}",
        "10.0.0.12:8000": f"127.0.0.1:{ports[1]}",
        "listen 443 ssl": f"listen 127.0.0.1:{port}",
        "api.focusguard.example": "_",
        **changes,
    }
    (directory / "site.conf").write_text(replaced(site, ours))
    (directory / "nginx.conf").write_text(
        f"""
        daemon off;
        pid {directory}/nginx.pid;
        error_log {directory}/nginx.log;
        events {{ }}
        http {{
            access_log off;
            client_body_temp_path {directory}/body;
            proxy_temp_path {directory}/proxy;
            fastcgi_temp_path {directory}/fastcgi;
            uwsgi_temp_path {directory}/uwsgi;
            scgi_temp_path {directory}/scgi;
            include {directory}/site.conf;
        }}
        """
    )
    process = subprocess.Popen(
        [program, "-p", directory, "-c", directory / "nginx.conf"],
        stderr=subprocess.DEVNULL,
    )
    proxy = Stack(process, port, directory)

    def listens():
        try:
            proxy.connect().close()
        except OSError:
            return False
        return True

    try:
        assert wait_until(listens, seconds=DEADLINE)
        yield proxy
    finally:
        process.terminate()
        process.wait(DEADLINE)


def replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"deploy/ does not say {old!r} any more"
        text = text.replace(old, new)
    return text


def program_of(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    assert found, f"this test needs {name}: apt install nginx-light pgbouncer"
    return found


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=1) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True
