"""Set somebody's password at the terminal, as an operator."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from accounts import services
from accounts.models import User
from focusguard.db.commands import OperatorCommand

MAX_TRIES = 3


class Command(OperatorCommand):
    help = """Set a new password for a user, who is signed out everywhere by it.

It stands in the place of Django's own, which stores the whole row as it was before
somebody typed, and knows nothing of devices and events.

  manage.py changepassword alice_focus
  manage.py changepassword alice@focusguard.com
"""
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="A username or an e-mail address.")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        user = User.objects.identified_by(name).first()
        if user is None:
            raise CommandError(f"user '{name}' does not exist")
        self.say(f"Changing password for user '{user}'")
        services.set_password(user=user, new_password=self._new_password(user))
        self.say(f"Password changed for user '{user}', who is signed out everywhere.")

    def _new_password(self, user: User) -> str:
        for _ in range(MAX_TRIES):
            try:
                password, again = getpass("Password: "), getpass("Password (again): ")
            except (EOFError, KeyboardInterrupt) as error:
                # A pipe that ran dry, and Ctrl-C.
                raise CommandError(
                    f"No password was typed; that of user '{user}' stays."
                ) from error
            if password != again:
                self.stderr.write("Passwords do not match. Please try again.")
                continue
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
                continue
            return password
        raise CommandError(
            f"Aborting password change for user '{user}' after {MAX_TRIES} attempts"
        )
