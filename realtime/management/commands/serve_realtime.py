"""Serve live updates."""

import os
import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import CommandError

from focusguard import reporting
from focusguard.db.commands import OperatorCommand, whole_number

BACKLOG = 2048
EVERYWHERE = "0.0.0.0"  # noqa: S104  (a container's own)


def address(text: str) -> tuple[str, int]:
    """Read HOST:PORT; an IPv6 address stands in brackets."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.path:
        raise ArgumentTypeError("must be HOST:PORT, such as 127.0.0.1:8001")
    return host, port


class Command(OperatorCommand):
    help = """Serve the sockets of /api/ws, over which pages hear at once what changed.

One process for a core, beside gunicorn and behind the same proxy. It needs REDIS_URL:
without it there are no live updates, and pages ask by themselves. TERM closes every
socket with 1012, on which clients come back to another process.

  manage.py serve_realtime
  manage.py serve_realtime --bind 127.0.0.1:8001
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument(
            "--bind",
            type=address,
            metavar="HOST:PORT",
            help=f"Where to listen ({_host()}:{settings.REALTIME_PORT}).",
        )
        where.add_argument(
            "--port",
            type=whole_number(1, 65535),
            metavar="N",
            help=f"Listen to this machine alone, on this port ({settings.REALTIME_PORT}).",
        )
        parser.add_argument(
            "--name",
            metavar="NAME",
            help="Means nothing: a word on the command line, to find the process by.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REDIS_URL:
            raise CommandError("Live updates need REDIS_URL; see .env.example.")
        _count_in_files()
        host, port = options["bind"] or (_host(), settings.REALTIME_PORT)
        if options["port"]:
            host, port = "127.0.0.1", options["port"]
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            listener = socket.create_server(
                (host, port), family=family, backlog=BACKLOG
            )
        except OSError as error:
            raise CommandError(f"Cannot listen on {host}:{port}: {error}") from error
        reporting.report_errors()
        # Not before: a web process and every other command do without.
        from realtime.serving.server_of_sockets import serve

        shown = f"[{host}]" if ":" in host else host
        self.say(f"live updates at ws://{shown}:{port}/api/ws")
        self.stdout.flush()
        with listener:
            serve(listener)


def _host() -> str:
    return "127.0.0.1" if settings.LOCAL_MODE else EVERYWHERE


def _count_in_files() -> None:
    """Begin anew with METRICS_DIR in the place where counters look for it.

    They are imported with the apps, before a command can say anything.
    """
    name = "PROMETHEUS_MULTIPROC_DIR"
    if settings.METRICS_DIR and name not in os.environ:
        os.environ[name] = settings.METRICS_DIR
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  (no shell is wanted)
