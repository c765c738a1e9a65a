"""Do what is due of imports, where there is no worker."""

from argparse import ArgumentParser
from typing import Any

from focusguard.db.commands import OperatorCommand, whole_number
from importing.steps import run_due


class Command(OperatorCommand):
    of_every_minute = True
    help = """Read uploaded files, apply them, and undo them, as their owners asked for.

A worker does this by itself; without one, cron does it every minute. What was begun by
something that died goes on where it was; a file that ends five tries is given up.

  * * * * *  manage.py run_imports --verbosity 0
  manage.py run_imports --limit 10
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--limit",
            type=whole_number(1, 100_000),
            default=100,
            metavar="N",
            help="Do what is due of at most N imports (100).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = failed = 0
        with self.alone("run_imports"), self.progress("imports") as bar:
            for import_id, error in run_due(options["limit"]):
                done += 1
                bar.update()
                if error is not None:
                    failed += 1
                    self.complain(f"import {import_id}: {type(error).__name__}")
        self.say(f"{done} processed, {failed} failed")
