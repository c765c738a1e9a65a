"""The nightly proof of all figures, kept, and told to the staff where it fails."""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from mail import services as mail_services
from stats import proof
from work.letters import DIFFERENCE
from work.models import ProofRun
from work.once import once

logger = logging.getLogger("focusguard.work")

HOUR, MINUTE = 3, 10  # UTC; few people focus then, wherever they are
# A fault of the code is in every row: some of them tell it.
LINES_LOGGED = 50


def verify_stats_if_due(now: datetime | None = None) -> ProofRun | None:
    """Prove all figures if that was not done since ten past three (UTC).

    It is asked often, so that a night without a worker is made up for. A difference is
    logged, as the command would say it, and mailed to the staff. None: not due.
    """
    now = now or timezone.now()
    due = _last_due(now)
    if ProofRun.objects.filter(at__gte=due).exists():
        return None
    found: list[str] = []
    began = time.monotonic()
    proven = proof.prove(found=found.append)
    run = ProofRun(
        at=now,
        users_checked=proven.users,
        differences=proven.differ,
        overlaps=proven.overlaps,
        rules_missing=proven.rules_missing,
        seconds=round(time.monotonic() - began, 3),
    )
    with transaction.atomic():
        # A worker that froze meanwhile was taken for dead, and another did the same.
        if not once(f"verify_stats:{due:%Y-%m-%d}"):
            return None
        run.save(force_insert=True)
        if not proven.holds:
            _tell(run)
    for line in found[:LINES_LOGGED]:
        logger.error("the figures are off: %s", line)
    return run


def _last_due(now: datetime) -> datetime:
    due = now.replace(hour=HOUR, minute=MINUTE, second=0, microsecond=0)
    return due if due <= now else due - timedelta(days=1)


def _tell(run: ProofRun) -> None:
    staff = User.objects.filter(is_staff=True, is_active=True)
    for user_id in staff.values_list("pk", flat=True):
        mail_services.queue(
            kind=DIFFERENCE,
            key=f"{DIFFERENCE}:{run.pk}:{user_id}",
            user_id=user_id,
            data={"run": run.pk},
        )
