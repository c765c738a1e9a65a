"""Base of the commands for operators: help, words, a progress bar, one copy at a time."""

import sys
from abc import abstractmethod
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
)
from django.db import connection
from django.db.models import QuerySet
from tqdm import tqdm

from focusguard.db.locks import AlreadyRunning, only_one
from focusguard.db.pruning import BATCH_SIZE, prune

# The tag of the check whether anything does the work in the background.
BACKGROUND = "background"

NOTE = """
INSERT INTO command_runs (name, ended_at) VALUES (%s, clock_timestamp())
ON CONFLICT (name) DO UPDATE SET ended_at = excluded.ended_at
"""


class HelpFormatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Django's order of the options, and our own line breaks in what comes before."""


def whole_number(minimum: int, maximum: int = 2**31 - 1) -> Callable[[str], int]:
    """Return a reader of options that must be a whole number in this range."""

    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and minimum <= int(text) <= maximum:
            return int(text)
        raise ArgumentTypeError(f"must be a whole number, {minimum} to {maximum}")

    return read


class OperatorCommand(BaseCommand):
    """A command that speaks on stdout, complains on stderr, and shows how far it is.

    `--verbosity 0` says nothing but failures. The bar is drawn on stderr and only on
    a terminal, so that the mails of cron stay readable.
    """

    verbosity = 1
    # Of what cron runs every minute, each run is noted: so it can be told whether it does.
    of_every_minute = False

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        kwargs.setdefault("formatter_class", HelpFormatter)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.verbosity = int(options["verbosity"])
        said = super().execute(*args, **options)
        if self.of_every_minute and not options.get("dry_run"):
            with connection.cursor() as cursor:
                cursor.execute(NOTE, [type(self).__module__.rpartition(".")[2]])
        return said

    def say(self, line: str) -> None:
        """Write a line to stdout, unless told to be silent."""
        if self.verbosity:
            with tqdm.external_write_mode():
                self.stdout.write(line)

    def complain(self, line: str) -> None:
        """Write a failure that does not stop the command to stderr."""
        with tqdm.external_write_mode():
            self.stderr.write(line)

    def progress(self, unit: str, total: int | None = None) -> "tqdm[None]":
        """Return a bar to be used as a context and fed with `update(n)`."""
        shown = self.verbosity and sys.stderr.isatty()
        return tqdm(total=total, unit=f" {unit}", unit_scale=True, disable=not shown)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Refuse, with exit code 1 and within a moment, to be the second copy."""
        try:
            with only_one(name):
                yield
        except AlreadyRunning as error:
            raise CommandError(
                f"Another {name} is running; nothing was done."
            ) from error


class PruneCommand(OperatorCommand):
    """Deletes what is outdated, in small batches, so that no lock is felt."""

    unit = "rows"

    @abstractmethod
    def outdated(self, options: dict[str, Any]) -> "QuerySet[Any]":
        """Return what is to be deleted."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_dry_run(parser, "count what would be deleted")
        add_batch_size(parser, self.unit)

    def handle(self, *args: Any, **options: Any) -> None:
        outdated = self.outdated(options)
        with self.alone(type(self).__module__.rpartition(".")[2]):
            if options["dry_run"]:
                self.say(f"{outdated.count()} {self.unit} would be deleted")
                return
            deleted = 0
            with self.progress(self.unit) as bar:
                for batch in prune(outdated, batch_size=options["batch_size"]):
                    deleted += batch
                    bar.update(batch)
        self.say(f"{deleted} {self.unit} deleted")


def add_dry_run(parser: ArgumentParser, what: str) -> None:
    """Give a command `--dry-run`, which only says `what` it would do."""
    parser.add_argument("--dry-run", action="store_true", help=f"Only {what}.")


def add_batch_size(
    parser: ArgumentParser, unit: str, default: int = BATCH_SIZE
) -> None:
    """Give a command `--batch-size`, in `unit`."""
    parser.add_argument(
        "--batch-size",
        type=whole_number(1, 100_000),
        default=default,
        metavar="N",
        help=f"How many {unit} at a time ({default}).",
    )
