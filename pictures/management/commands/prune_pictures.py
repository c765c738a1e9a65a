"""Delete the files of pictures that no user has."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.appearance.shown_pictures import are_kept
from focusguard.db.commands import OperatorCommand, add_dry_run
from pictures import garbage
from pictures.exceptions import PicturesAway
from pictures.models import PictureGarbage
from pictures.strays import note_strays


class Command(OperatorCommand):
    help = """Delete the files of pictures that were replaced, taken away, or left by an upload
that nothing was heard of for an hour, and those of deleted accounts.

Most are deleted at once; these are the ones whose store was away. A worker does this each
minute; without one, cron does it hourly. After a restore of the database run it with
--strays, which also deletes the files that the database knows nothing of.

  manage.py prune_pictures
  manage.py prune_pictures --strays --dry-run
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--strays",
            action="store_true",
            help="Look through all files for those that nobody knows, an hour old.",
        )
        add_dry_run(parser, "count what would be deleted")

    def handle(self, *args: Any, **options: Any) -> None:
        if not are_kept():
            self.say("Pictures are off: neither PICTURES_DIR nor a bucket is set.")
            return
        with self.alone("prune_pictures"):
            try:
                self._prune(**options)
            except PicturesAway as error:
                raise CommandError(
                    "The store of the pictures is away; what is left is deleted later."
                ) from error

    def _prune(self, *, strays: bool, dry_run: bool, **options: Any) -> None:
        if strays:
            with self.progress("files without a row") as bar:
                before = timezone.now() - timedelta(hours=1)
                found = 0
                for count in note_strays(before, write=not dry_run):
                    found += count
                    bar.update(count)
            self.say(f"{found} files are of nobody")
        if dry_run:
            waiting = PictureGarbage.objects.due().count()
            waiting += PictureGarbage.objects.forgotten().count()
            self.say(f"{waiting} pictures would be deleted")
            return
        deleted = 0
        with self.progress("pictures") as bar:
            for _ in garbage.sweep():
                deleted += 1
                bar.update()
        self.say(f"{deleted} pictures deleted")
