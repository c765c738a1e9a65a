"""Serve what Prometheus asks for."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from prometheus_client import CollectorRegistry, start_http_server

from focusguard.db.commands import OperatorCommand, whole_number
from watch.collector import DatabaseCollector
from watch.counted import CountsCollector


class Command(OperatorCommand):
    help = """Serve /metrics for Prometheus, on a port of its own, until it is stopped.

Run it beside gunicorn and the sockets, with the same METRICS_DIR: they count there,
this adds them up and asks Postgres for the rest at each scrape. It listens to this machine
alone unless you say otherwise; do not let the public reach it.

  METRICS_DIR=/run/focusguard manage.py serve_metrics
  METRICS_DIR=/run/focusguard manage.py serve_metrics --host 10.0.0.5 --port 9464
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS")
        parser.add_argument(
            "--port", type=whole_number(1, 65535), default=9464, metavar="N"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.METRICS_DIR:
            raise CommandError("Set METRICS_DIR, here and for gunicorn, to a folder.")
        registry = CollectorRegistry()
        registry.register(CountsCollector(settings.METRICS_DIR))
        registry.register(DatabaseCollector())
        host, port = options["host"], options["port"]
        stopped = threading.Event()
        signal.signal(signal.SIGTERM, lambda *received: stopped.set())
        try:
            server, _ = start_http_server(port, host, registry)
        except OSError as error:
            raise CommandError(f"Cannot listen on {host}:{port}: {error}") from error
        self.say(f"metrics at http://{host}:{port}/metrics")
        self.stdout.flush()
        try:
            stopped.wait()
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()
