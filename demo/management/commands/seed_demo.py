"""Fill a database with believable people."""

import os
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from demo import known_accounts, load
from demo.bare import NotEmpty, bare
from demo.people import Crowd
from focusguard.db.commands import OperatorCommand, add_dry_run, whole_number
from garden.models import Plant
from leaderboard import counting
from sessions_app.models import FocusSession


def moment(text: str) -> datetime:
    """Read a moment with its zone, in ISO 8601."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise ArgumentTypeError("must be like 2026-01-18T12:00:00Z")
    return parsed.astimezone(timezone.get_default_timezone())


class Command(OperatorCommand):
    help = """Add people with months of focus: habits, streaks, gaps, plants, figures.

They live all over the world and signed up over the last D days. Every figure follows
the product's own rules, so verify_stats is clean afterwards. The same seed, numbers
and --now give the same people. Their e-mails are at example.com and example.org, and
their passwords cannot be used. People come in chunks of 500, each whole or not at all:
after an interrupt --resume adds those who are missing. Refused twice at once (exit
code 1), and outside the local mode unless you say --yes-really.

--demo-accounts adds `demo`, with a nice history, and `staff`, who may use the admin;
their passwords come from DEMO_PASSWORD and STAFF_PASSWORD. Existing ones stay.

  manage.py seed_demo --users 500 --days 90
  manage.py seed_demo --users 10000 --days 90 --seed 7 --dry-run
  manage.py seed_demo --users 1000000 --days 30 --bulk
  DEMO_PASSWORD=... STAFF_PASSWORD=... manage.py seed_demo --users 0 --days 1 --demo-accounts
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--users", type=whole_number(0), required=True, metavar="N", help="People."
        )
        parser.add_argument(
            "--days",
            type=whole_number(1, 3650),
            required=True,
            metavar="D",
            help="Since when they have been signing up.",
        )
        parser.add_argument(
            "--seed",
            type=whole_number(0),
            default=1,
            metavar="S",
            help="Which people (1). Seeds alike in their last two digits share names.",
        )
        parser.add_argument(
            "--now",
            type=moment,
            metavar="ISO",
            help="When the histories end, 2026-01-18T12:00:00Z; the present if omitted.",
        )
        parser.add_argument(
            "--demo-accounts", action="store_true", help="Add `demo` and `staff` too."
        )
        parser.add_argument(
            "--resume", action="store_true", help="Pass over people who are there."
        )
        parser.add_argument(
            "--bulk",
            action="store_true",
            help="For an empty database and very many: all or nothing, several times "
            "as fast, and nobody can read meanwhile.",
        )
        parser.add_argument(
            "--yes-really",
            action="store_true",
            help="Do it outside the local mode as well.",
        )
        add_dry_run(parser, "count what would be added")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.LOCAL_MODE or settings.DEBUG or options["yes_really"]):
            raise CommandError(
                "This is not the local mode; add --yes-really to put invented people "
                "into this database."
            )
        present = timezone.now()
        now = options["now"] or present
        if now > present:
            raise CommandError("--now lies in the future; nobody has focused there.")
        crowd = Crowd(options["users"], options["days"], options["seed"], now)
        with self.alone("seed_demo"):
            if options["bulk"] and not options["dry_run"]:
                self.seed_bare(crowd, options)
            else:
                self.seed(crowd, options)
                if not options["dry_run"]:
                    counting.fold()
            if not options["dry_run"]:
                load.analyze()

    def seed_bare(self, crowd: Crowd, options: dict[str, Any]) -> None:
        """Fill empty tables, and index them at the end."""
        try:
            with transaction.atomic():
                with bare(load.COLUMNS, self.indexing):
                    self.seed(crowd, options)
                counting.recount()
        except NotEmpty as error:
            raise CommandError(
                f"--bulk fills an empty database; {error} has rows. Nothing was done."
            ) from error

    def indexing(self, statements: list[str]) -> Iterator[str]:
        """Walk the statements that build the indexes, showing how far it is."""
        began = monotonic()
        with self.progress("indexes and keys", len(statements)) as bar:
            for statement in statements:
                yield statement
                bar.update()
        load.analyze()
        self.say(
            f"{len(statements)} indexes and keys built in {monotonic() - began:.1f} s"
        )

    def seed(self, crowd: Crowd, options: dict[str, Any]) -> None:
        passwords = self.passwords() if options["demo_accounts"] else {}
        if not options["resume"]:
            self.require_free_names(crowd)
        people = load.without_taken(crowd) if options["resume"] else crowd
        dry_run = options["dry_run"]
        began, added = monotonic(), Counter[type[Model]]()
        if known_accounts.DEMO in passwords:
            demo = known_accounts.demo_person(passwords[known_accounts.DEMO], crowd.now)
            self.add([demo], crowd.now, added, dry_run=dry_run)
        if known_accounts.STAFF in passwords:
            if not dry_run:
                known_accounts.create_staff(passwords[known_accounts.STAFF])
            added[User] += 1
        self.add(people, crowd.now, added, total=crowd.users, dry_run=dry_run)
        self.say(
            f"{added[User]} users, {added[FocusSession]} sessions and {added[Plant]} plants "
            f"{'would be ' if dry_run else ''}added in {monotonic() - began:.1f} s"
        )

    def passwords(self) -> dict[str, str]:
        """Return the passwords of those of the two accounts that are to be made."""
        absent = known_accounts.absent()
        for name in known_accounts.PASSWORDS:
            if name not in absent:
                self.say(f"{name} exists and stays as it is")
        try:
            return known_accounts.passwords(absent, os.environ)
        except known_accounts.PasswordMissing as error:
            raise CommandError(f"Set {' and '.join(error.args)}.") from error

    def require_free_names(self, crowd: Crowd) -> None:
        taken = list(islice(load.taken(crowd.usernames()), 3))
        if taken:
            raise CommandError(
                f"People of seed {crowd.seed} are there already, such as "
                f"{', '.join(taken)}. Choose another --seed, or --resume to add those "
                "who are missing. Nothing was done."
            )

    def add(
        self,
        people: Iterable[load.PersonAndChance],
        now: datetime,
        added: Counter[type[Model]],
        *,
        total: int = 1,
        dry_run: bool,
    ) -> None:
        """Load people and count them in `added`, saying how far it got if it fails."""
        try:
            with self.progress("users", total) as bar:
                for chunk in load.load(people, now, dry_run=dry_run):
                    added += chunk
                    bar.update(chunk[User])
        except KeyboardInterrupt:
            raise CommandError(
                f"Interrupted; {added[User]} whole users were added.", returncode=130
            ) from None
        except IntegrityError as error:
            raise CommandError(
                f"Stopped after {added[User]} whole users: {error}".strip()
            ) from error
