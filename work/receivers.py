"""Receivers that give what is queued or due a job, in the same transaction."""

from typing import Any
from uuid import UUID

from importing.signals import import_due
from mail.signals import mail_queued
from work.imports import task_of
from work.queue import HEAVY, MAIL, SEND_MAIL, defer


def connect() -> None:
    mail_queued.connect(enqueue_mail, dispatch_uid="work.enqueue_mail")
    import_due.connect(enqueue_import, dispatch_uid="work.enqueue_import")


def enqueue_mail(mail_id: UUID, **kwargs: Any) -> None:
    defer(SEND_MAIL, queue=MAIL, mail_id=str(mail_id))


def enqueue_import(import_id: UUID, step: str, **kwargs: Any) -> None:
    defer(task_of(step), queue=HEAVY, import_id=str(import_id))
