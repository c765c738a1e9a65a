"""Two accounts that somebody can sign in with: `demo`, and `staff` for the admin."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from demo.habits import Habit
from demo.ids import uuid7_at
from demo.people import Person

DEMO, STAFF = "demo", "staff"
PASSWORDS = {DEMO: "DEMO_PASSWORD", STAFF: "STAFF_PASSWORD"}

ZONE = "Europe/Stockholm"
MEMBER_FOR = timedelta(days=75)
ONE_DAY = timedelta(days=1)
STREAK = 12 * ONE_DAY
# Every day, early and almost always to the end: what a demonstration should show.
HABIT = Habit("demo", 0, 8.2, 0.8, 1.0, 1.0, 1.1, 0.05, (10, 55, 22, 10, 3), 0.0)


class PasswordMissing(Exception):
    """The environment lacks these variables."""


def absent() -> list[str]:
    """Return which of the two accounts do not exist, by name or by e-mail."""
    return [
        name
        for name in PASSWORDS
        if not User.objects.identified_by(name).exists()
        and not User.objects.identified_by(_email(name)).exists()
    ]


def passwords(names: list[str], environment: Mapping[str, str]) -> dict[str, str]:
    """Read the passwords of these accounts. PasswordMissing."""
    missing = [
        PASSWORDS[name] for name in names if not environment.get(PASSWORDS[name])
    ]
    if missing:
        raise PasswordMissing(*missing)
    return {name: environment[PASSWORDS[name]] for name in names}


def demo_person(password: str, now: datetime) -> tuple[Person, random.Random]:
    """Return who `demo` is: 75 days, a week off, and 12 days in a row since.

    Their history is the same whatever the seed, so that everybody sees about level 8.
    """
    rng = random.Random(DEMO)  # noqa: S311  (made-up people, no secret)
    created_at = now - MEMBER_FOR
    back = now.astimezone(ZoneInfo(ZONE)).date() - STREAK + ONE_DAY
    person = Person(
        id=uuid7_at(created_at, rng),
        username=DEMO,
        email=_email(DEMO),
        password=make_password(password),
        zone=ZONE,
        created_at=created_at,
        habit=HABIT,
        holidays=((back - 7 * ONE_DAY, back - ONE_DAY),),
        plants=0.9,
    )
    return person, rng


def create_staff(password: str) -> None:
    """Create the superuser `staff`."""
    User.objects.create_superuser(
        STAFF, _email(STAFF), password, email_verified_at=timezone.now()
    )


def _email(name: str) -> str:
    return f"{name}@example.com"
