"""The tasks: each asks what is due and calls one service.

None counts its ticks, since a worker that was away has missed some, and none is given
more than ids, since a job may outlive what it is about. What has a command for cron too
is called as that is, and has its lock.
"""

import logging
from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.appearance.shown_pictures import are_kept
from accounts.models import AuthSession, MailLink, SecurityEvent
from focusguard.api.models import IdempotentAnswer
from focusguard.db import pruning
from identity.models import ApiToken, AuthFlow
from importing import steps as import_steps
from importing.models import Import
from leaderboard import counting
from mail.models import OutboxMail
from pictures import garbage
from reports import services as report_services
from sessions_app import services as session_services
from work import imports, mails, nightly, rescue
from work.models import Job, OnceKey
from work.queue import HEAVY, MAIL, TASKS, task

__all__ = ["TASKS"]

logger = logging.getLogger("focusguard.work")

EVERY_MINUTE = "* * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"


@task(cron=EVERY_MINUTE)
def rescue_stalled() -> str:
    # Not `alone`: one that died would be waited for by those that should rescue it.
    return _counted(rescue.rescue_stalled())


@task(cron=EVERY_MINUTE, alone=True)
def settle_overdue_sessions() -> str:
    outcomes: Counter[str] = Counter()
    for settled in session_services.settle_overdue_sessions():
        if settled.error is not None:
            logger.error(
                "session %s not settled", settled.session_id, exc_info=settled.error
            )
        outcomes[settled.outcome] += 1
    return _counted(outcomes)


@task(cron=EVERY_MINUTE, alone=True)
def fold_leaderboards() -> str:
    return _some(counting.fold(), "counts written")


@task(MAIL)
def send_mail(mail_id: str) -> None:
    # The log of mail says what came of it.
    mails.send(UUID(mail_id))


@task(MAIL, cron=EVERY_MINUTE, alone=True)
def sweep_mail() -> str:
    return _some(mails.sweep(), "mails had no job")


@task(cron=EVERY_MINUTE, alone=True)
def queue_weekly_reports() -> str:
    return _some(report_services.queue_weekly_reports(), "reports queued")


@task(HEAVY)
def read_import(import_id: str) -> None:
    import_steps.read(UUID(import_id))


@task(HEAVY)
def apply_import(import_id: str) -> None:
    import_steps.apply(UUID(import_id))


@task(HEAVY)
def undo_import(import_id: str) -> None:
    import_steps.undo(UUID(import_id))


@task(HEAVY, cron=EVERY_MINUTE, alone=True)
def sweep_imports() -> str:
    return _some(imports.sweep(), "imports had no job")


@task(HEAVY, cron=EVERY_TEN_MINUTES, alone=True)
def verify_stats() -> str:
    run = nightly.verify_stats_if_due()
    return f"{run.users_checked} users checked" if run else ""


@task(HEAVY, cron=EVERY_MINUTE, alone=True)
def prune_pictures() -> str:
    if not are_kept():
        return ""
    return _some(sum(1 for _ in garbage.sweep()), "pictures deleted")


@task(HEAVY, cron="7 * * * *", alone=True)
def prune_auth_sessions() -> str:
    return _prune(AuthSession.objects.outdated(), "devices")


@task(HEAVY, cron="12 * * * *", alone=True)
def prune_security_events() -> str:
    return _prune(SecurityEvent.objects.outdated(), "events")


@task(HEAVY, cron="17 * * * *", alone=True)
def prune_idempotent_answers() -> str:
    return _prune(IdempotentAnswer.objects.outdated(), "answers")


@task(HEAVY, cron="22 * * * *", alone=True)
def prune_admin_sessions() -> str:
    expired = Session.objects.filter(expire_date__lt=timezone.now())
    return _prune(expired, "admin sessions")


@task(HEAVY, cron="27 * * * *", alone=True)
def prune_mail() -> str:
    return _prune(OutboxMail.objects.outdated(), "mails")


@task(HEAVY, cron="32 * * * *", alone=True)
def prune_jobs() -> str:
    return _prune(Job.outdated(), "jobs")


@task(HEAVY, cron="37 * * * *", alone=True)
def prune_once_keys() -> str:
    return _prune(OnceKey.outdated(), "keys")


@task(HEAVY, cron="42 * * * *", alone=True)
def prune_mail_links() -> str:
    return _prune(MailLink.objects.outdated(), "links")


@task(HEAVY, cron="45 * * * *", alone=True)
def prune_auth_flows() -> str:
    return _prune(AuthFlow.objects.outdated(), "flows")


@task(HEAVY, cron="46 * * * *", alone=True)
def prune_api_tokens() -> str:
    return _prune(ApiToken.objects.outdated(), "API tokens")


@task(HEAVY, cron="47 * * * *", alone=True)
def prune_imports() -> str:
    let_go = _some(import_steps.expire(), "texts let go of")
    deleted = _prune(Import.objects.outdated(), "imports")
    return ", ".join(filter(None, [let_go, deleted]))


def _prune(outdated: "QuerySet[Any]", what: str) -> str:
    return _some(sum(pruning.prune(outdated)), f"{what} deleted")


def _some(count: int, what: str) -> str:
    return f"{count} {what}" if count else ""


def _counted(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
