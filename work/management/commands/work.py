"""Work in the background."""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from focusguard import reporting
from focusguard.db.commands import OperatorCommand, whole_number
from work import rescue
from work.lifeline import Lifeline
from work.queue import QUEUES, consume
from work.tasks import TASKS


def queue_names(text: str) -> list[str]:
    """Read names of queues, separated by commas."""
    names = [name.strip() for name in text.split(",")]
    if unknown := [name for name in names if name not in QUEUES]:
        raise ArgumentTypeError(
            f"there is no queue {unknown[0]!r}; there are {', '.join(QUEUES)}"
        )
    return names


class Command(OperatorCommand):
    help = """Do what waits in the queue, and what is due every minute and every night.

A supervisor with a worker as its child: the worker is started again however it ends,
and killed where it gives no sign of life for a minute. TERM and Ctrl-C let jobs end,
for 20 seconds. Run it on as many machines as you like; without it, cron does the same
(docs/operations.md).

  manage.py work
  manage.py work --queues mail,webhooks --concurrency 16
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--queues",
            type=queue_names,
            default=list(QUEUES),
            metavar="NAMES",
            help=f"Only these, separated by commas ({','.join(QUEUES)}). One worker at "
            "least must serve `default`, which rescues jobs of the dead.",
        )
        parser.add_argument(
            "--concurrency",
            type=whole_number(1, 100),
            default=settings.WORK_CONCURRENCY,
            metavar="N",
            help=f"How many jobs at a time ({settings.WORK_CONCURRENCY}).",
        )
        parser.add_argument(
            "--name",
            metavar="NAME",
            help="Means nothing: a word on the command lines of supervisor and worker, "
            "to find them by.",
        )
        # How the supervisor starts its child.
        parser.add_argument("--lifeline", type=whole_number(0), help=SUPPRESS)
        parser.add_argument("--after", type=whole_number(1), help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["lifeline"] is None:
            self.supervise(options)
        else:
            self.work(options)

    def supervise(self, options: dict[str, Any]) -> None:
        """Become the supervisor, which has the place and the process id of this."""
        os.chdir(settings.BASE_DIR)
        arguments = [
            *("--queues", ",".join(options["queues"])),
            *("--concurrency", str(options["concurrency"])),
            *(["--name", options["name"]] if options["name"] else []),
        ]
        python = sys.executable
        os.execv(python, [python, "-m", "work.supervisor", *arguments])  # noqa: S606  (no shell is wanted)

    def work(self, options: dict[str, Any]) -> None:
        lifeline = Lifeline(options["lifeline"])
        reporting.report_errors()
        try:
            if options["after"]:
                rescue.let_go_of(options["after"])
            consume(
                TASKS.values(),
                queues=options["queues"],
                concurrency=options["concurrency"],
                beat=lifeline.beat,
            )
        except DatabaseError as error:
            raise CommandError(f"Postgres does not serve: {error}") from error
