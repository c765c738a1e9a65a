"""The body of an upload: the bytes of a picture, of a known length and at most 5 MiB."""

from django.conf import settings
from rest_framework.request import Request

from focusguard.api.raw_bodies import RawBody, require_length
from pictures.exceptions import PictureTypeNeeded

TAKEN = ("image/jpeg", "image/png", "image/webp")


class PictureBody(RawBody):
    """Take the bytes as they come; which format they are, is told by the first of them."""

    media_type = "image/*"
    most = settings.PICTURE_MAX_SIZE


def require_picture(request: Request) -> None:
    """Refuse what does not say that it is one of three formats, and how long it is.

    Before anything is counted or read. PictureTypeNeeded (415), LengthNeeded (411).
    """
    if request.content_type.partition(";")[0].strip().lower() not in TAKEN:
        raise PictureTypeNeeded
    require_length(request)
