"""The letter to staff whose figures cannot be proven."""

from mail import letters
from mail.letters import Letter
from mail.models import OutboxMail
from work.models import ProofRun

DIFFERENCE = "verify-stats-difference"

TEXT = """\
The nightly proof of {at:%d %B %Y, %H:%M} UTC found stored figures that are not what the \
session log says.

Users whose figures differ: {differences} of {users}
Entries whose time another record takes: {overlaps}
Rules that the database does not enforce: {missing}

A difference means a fault, so keep what the log of the worker says about it (focusguard.work) \
before you repair it: manage.py verify_stats lists all, manage.py rebuild_stats --all repairs."""


def register_letters() -> None:
    letters.register(DIFFERENCE, difference)


def difference(mail: OutboxMail) -> Letter | None:
    """Tell a member of the staff; nobody else, also where they were one in between."""
    run = ProofRun.objects.filter(pk=mail.data["run"]).first()
    staff = mail.user
    if run is None or staff is None or not (staff.is_staff and staff.is_active):
        return None
    text = TEXT.format(
        at=run.at,
        differences=run.differences,
        users=run.users_checked,
        overlaps=run.overlaps,
        missing=run.rules_missing,
    )
    return Letter(
        to=staff.email,
        subject="FocusGuard: the stored figures are not proven",
        template="plain",
        context={"text": text},
    )
