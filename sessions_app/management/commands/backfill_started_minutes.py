"""Fill in at what minute of the day older sessions began."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from focusguard.db.commands import OperatorCommand, add_batch_size
from sessions_app.started_minutes import backfill


class Command(OperatorCommand):
    help = """Fill in at what minute of the day sessions began, for those from before it was kept.

Once, after the upgrade that brings it: until then the hours of the day know nothing of
them. In small batches, beside any traffic; a session that is being changed at that
moment is left, and another run fills it.

  manage.py backfill_started_minutes
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_batch_size(parser, "sessions")

    def handle(self, *args: Any, **options: Any) -> None:
        totals: Counter[str] = Counter()
        with (
            self.alone("backfill_started_minutes"),
            self.progress("sessions") as bar,
        ):
            for batch in backfill(batch_size=options["batch_size"]):
                totals["looked at"] += batch.looked_at
                totals["filled"] += batch.filled
                totals["left"] += batch.left
                bar.update(batch.looked_at)
        self.say(
            f"{totals['looked at']} sessions looked at, {totals['filled']} filled, "
            f"{totals['left']} left for another run"
        )
