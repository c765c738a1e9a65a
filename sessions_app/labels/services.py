"""Making, changing and deleting labels, under the lock of the user's row."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.user_lock import lock_user
from focusguard.db.constraints import violated_constraint
from sessions_app.labels.exceptions import (
    MAX_LABELS,
    LabelNameTaken,
    LabelNotFound,
    TooManyLabels,
)
from sessions_app.models import Label
from sessions_app.signals import labels_changed


@transaction.atomic
def make_label(
    *, user_id: uuid.UUID, name: str, color: str, now: datetime | None = None
) -> Label:
    """Make a label. LabelNameTaken, TooManyLabels."""
    lock_user(user_id)
    if Label.objects.for_user(user_id).count() >= MAX_LABELS:
        raise TooManyLabels
    with _name_unique():
        label = Label.objects.create(
            user_id=user_id, name=name, color=color, created_at=now or timezone.now()
        )
    labels_changed.send(sender=Label, user_id=user_id)
    return label


@transaction.atomic
def change_label(
    *,
    user_id: uuid.UUID,
    label_id: uuid.UUID,
    name: str | None = None,
    color: str | None = None,
    archived: bool | None = None,
    now: datetime | None = None,
) -> Label:
    """Change what is given of a label, for all that carries it.

    An archived one stays with what carries it, and may be carried on; pages offer it
    no more. LabelNotFound, LabelNameTaken.
    """
    lock_user(user_id)
    label: Label | None = Label.objects.for_user(user_id).filter(pk=label_id).first()
    if label is None:
        raise LabelNotFound
    label.name = label.name if name is None else name
    label.color = label.color if color is None else color
    if archived is not None and archived != label.archived:
        label.archived_at = (now or timezone.now()) if archived else None
    with _name_unique():
        label.save(update_fields=["name", "color", "archived_at"])
    labels_changed.send(sender=Label, user_id=user_id)
    return label


@transaction.atomic
def delete_label(*, user_id: uuid.UUID, label_id: uuid.UUID) -> None:
    """Delete a label; what carried it stays, without one. LabelNotFound."""
    lock_user(user_id)
    deleted, _ = Label.objects.for_user(user_id).filter(pk=label_id).delete()
    if not deleted:
        raise LabelNotFound
    labels_changed.send(sender=Label, user_id=user_id)


@contextmanager
def _name_unique() -> Iterator[None]:
    """Let the unique index judge: it alone knows how the database folds case."""
    try:
        yield
    except IntegrityError as error:
        if violated_constraint(error) == "labels_name_once":
            raise LabelNameTaken from error
        raise
