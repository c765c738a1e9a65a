"""Reports are queued when they are due, and stopped by whoever has one."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import services as account_services
from accounts.exceptions import LinkInvalid, TokenInvalid
from accounts.user_lock import lock_user
from mail import services as mail_services
from mail.models import OutboxMail
from reports import stop_links
from reports.mondays import due_zones, week_name
from reports.selectors import who_is_due

WEEKLY_REPORT = "weekly-report"

# Mails are sent in the order in which they are due, and somebody who has forgotten
# their password must not wait behind all of a country's reports.
MOST_WAITING = 500
# A transaction of so many is over before anybody waits for it.
AT_A_TIME = 100


def queue_weekly_reports(now: datetime | None = None) -> int:
    """Queue the reports that are due, as far as few enough wait; return how many.

    Meant to be asked each minute. Its key makes it one mail for a user and a week,
    however many ask, and however often they are asked.
    """
    zones = list(due_zones(now or timezone.now())) if mail_services.is_on() else []
    if not zones:
        return 0
    waiting = OutboxMail.objects.waiting().filter(kind=WEEKLY_REPORT)
    room = MOST_WAITING - waiting[:MOST_WAITING].count()
    queued = 0
    while queued < room:
        with transaction.atomic():
            found = who_is_due(WEEKLY_REPORT, zones, min(AT_A_TIME, room - queued))
            for user_id, monday in found:
                mail_services.queue(
                    kind=WEEKLY_REPORT,
                    key=_key(user_id, monday),
                    user_id=user_id,
                    data={"monday": monday.isoformat()},
                )
        queued += len(found)
        if len(found) < AT_A_TIME:
            break
    return queued


def forgo_weekly_reports(now: datetime | None = None) -> int:
    """Take the reports that are due for sent, and return how many.

    For a database that was restored: what was sent since the backup was made has no row
    in it, and would be sent a second time.
    """
    zones = list(due_zones(now or timezone.now())) if mail_services.is_on() else []
    noted = 0
    while zones:
        with transaction.atomic():
            found = who_is_due(WEEKLY_REPORT, zones, AT_A_TIME)
            for user_id, monday in found:
                mail_services.forgo(
                    kind=WEEKLY_REPORT,
                    key=_key(user_id, monday),
                    user_id=user_id,
                    reason="restored",
                )
        noted += len(found)
        if len(found) < AT_A_TIME:
            break
    return noted


def _key(user_id: UUID, monday: date) -> str:
    """Return the key of a user's report on the week of `monday`: as `who_is_due` has it."""
    return f"{WEEKLY_REPORT}:{user_id}:{week_name(monday)}"


def stop_weekly_report(*, token: str) -> None:
    """Switch off the report of whoever a link is of; harmless to repeat. LinkInvalid."""
    user_id = stop_links.user_id_of(token)
    with transaction.atomic():
        try:
            user = lock_user(user_id, active_only=False)
        except TokenInvalid as error:
            raise LinkInvalid(stop_links.NOT_OURS) from error
        if user.weekly_report:
            account_services.update_profile(
                user=user, changes={"weekly_report": False}, active_only=False
            )
