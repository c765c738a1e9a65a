"""The picture of a user wherever the user is shown: its address, and the field that has it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from rest_framework import serializers

from focusguard.api.serializers.shown import ShownSerializer


def are_kept() -> bool:
    """Tell whether there is a place where pictures are kept."""
    return bool(settings.PICTURES_DIR or settings.PICTURES_S3_BUCKET)


def picture_path(picture_id: uuid.UUID | None) -> str | None:
    """Return where a picture is served; None where there is none.

    A path, and not a whole address: what a host is called is for whoever asks to say.
    """
    return f"/api/pictures/{picture_id.hex}.webp" if picture_id else None


class ShownWithPicture(ShownSerializer):
    """A shape with `picture`, where pictures are kept; without, it is as it ever was."""

    picture = serializers.CharField(
        required=False,
        allow_null=True,
        source="picture_id",
        help_text="The path of the picture; null without one, and absent where the "
        "service keeps none.",
    )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return self._with_picture(instance, kept=are_kept())

    def show_all(self, items: Iterable[Any]) -> list[dict[str, Any]]:
        kept = are_kept()
        return [self._with_picture(item, kept=kept) for item in items]

    def _with_picture(self, instance: Any, *, kept: bool) -> dict[str, Any]:
        shown = super().to_representation(instance)
        picture_id = shown.pop("picture")
        if kept:
            shown["picture"] = picture_path(picture_id)
        return shown
