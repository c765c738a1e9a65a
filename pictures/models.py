"""Files of pictures that are to be deleted: what outlives its row, and what never had one."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class PictureGarbageQuerySet(models.QuerySet["PictureGarbage"]):
    def forgotten(self) -> "PictureGarbageQuerySet":
        """Uploads of which nobody was heard again, by the database's clock."""
        return self.filter(kept_until__lte=Now())

    def due(self) -> "PictureGarbageQuerySet":
        return self.filter(kept_until=None)


class PictureGarbage(models.Model):
    """A file that no user has: an upload on its way, or one that is to be deleted.

    It is written before the file is, and when a user's picture is replaced, taken away or
    deleted with the user: the last three by a trigger on `users`, whoever writes there. So
    whatever dies, a file has a row of its user or one of these.
    """

    picture_id = models.UUIDField(primary_key=True, editable=False)
    # Until then an upload may still make it a user's picture; none: to be deleted.
    kept_until = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PictureGarbage"]] = (
        PictureGarbageQuerySet.as_manager()
    )

    class Meta:
        db_table = "picture_garbage"
        verbose_name_plural = "picture garbage"
        indexes = [
            # prune_pictures: what an upload has left, and how much there is.
            models.Index(
                fields=["kept_until"],
                condition=Q(kept_until__isnull=False),
                name="picture_garbage_kept",
            ),
        ]

    def __str__(self) -> str:
        return uuid.UUID(str(self.picture_id)).hex
