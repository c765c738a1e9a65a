"""A mail that is queued has a job, in the same transaction."""

from typing import Any
from uuid import UUID

from mail.signals import mail_queued
from work.queue import MAIL, SEND_MAIL, defer


def connect() -> None:
    mail_queued.connect(enqueue_mail, dispatch_uid="work.enqueue_mail")


def enqueue_mail(mail_id: UUID, **kwargs: Any) -> None:
    defer(SEND_MAIL, queue=MAIL, mail_id=str(mail_id))
