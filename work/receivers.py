"""A mail that is queued has a job, in the same transaction."""

from typing import Any
from uuid import UUID

from mail.signals import mail_queued
from work import mails


def connect() -> None:
    mail_queued.connect(enqueue_mail, dispatch_uid="work.enqueue_mail")


def enqueue_mail(mail_id: UUID, **kwargs: Any) -> None:
    mails.enqueue(mail_id)
