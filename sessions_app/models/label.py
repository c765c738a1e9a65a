"""The labels that people give to their focus, one a session."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from uuid_utils.compat import uuid7

NAME_LENGTH = 40  # characters
NOTE_LENGTH = 500  # characters


class Color(models.TextChoices):
    """Names, not colours: a page draws each so that it can be read, light and dark."""

    RED = "red"
    ORANGE = "orange"
    AMBER = "amber"
    LIME = "lime"
    GREEN = "green"
    TEAL = "teal"
    SKY = "sky"
    BLUE = "blue"
    VIOLET = "violet"
    PINK = "pink"
    BROWN = "brown"
    GREY = "grey"


class LabelQuerySet(models.QuerySet["Label"]):
    def for_user(self, user_id: uuid.UUID) -> "LabelQuerySet":
        return self.filter(user_id=user_id)


class Label(models.Model):
    """A name and a colour for focus: a project, a subject, a kind of work."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="labels",
        # labels_user of the migration, which cascades and is judged at once.
        db_constraint=False,
        # labels_owner serves this key too.
        db_index=False,
    )
    name = models.CharField(max_length=NAME_LENGTH)
    color = models.CharField(max_length=6, choices=Color)
    archived_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is offered no more."
    )
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Label"]] = LabelQuerySet.as_manager()

    class Meta:
        db_table = "labels"
        constraints = [
            models.UniqueConstraint(Lower("name"), F("user"), name="labels_name_once"),
            # What the keys of sessions and entries point at: nobody can carry
            # somebody else's label, and no statement has to ask whose it is (ADR 47).
            models.UniqueConstraint(fields=["user", "id"], name="labels_owner"),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"), name="labels_name_seen"
            ),
            models.CheckConstraint(
                condition=Q(color__in=Color.values), name="labels_color_known"
            ),
        ]

    def __str__(self) -> str:
        # Not the name: it is for its owner alone, and staff's pages write this.
        return str(self.id)

    @property
    def archived(self) -> bool:
        return self.archived_at is not None


def label_field(related_name: str) -> "models.ForeignKey[Label | None, Label | None]":
    """Return the field for the label of a row.

    The key is written in the migration: of the user and the label together, so that
    the label is the user's own; a label that is deleted leaves the row without one.
    """
    return models.ForeignKey(
        Label,
        on_delete=models.DO_NOTHING,
        related_name=related_name,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
    )


def note_field() -> "models.CharField[str, str]":
    """Return the field for what the owner wrote to a row, for nobody else to read."""
    return models.CharField(
        max_length=NOTE_LENGTH, blank=True, default="", db_default=""
    )
