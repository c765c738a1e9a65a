"""The errors of pictures (docs/contract.md, Pictures)."""

from focusguard.api.errors.envelope import MESSAGES
from focusguard.api.exceptions import DomainError, NotFound


class PicturesOff(DomainError):
    code = "PICTURES_OFF"
    message = "This service keeps no pictures; ask whoever runs it."


class PictureNotFound(NotFound):
    code = "PICTURE_NOT_FOUND"
    message = "Picture not found"


class PictureUnreadable(DomainError):
    status_code = 422
    code = "PICTURE_UNREADABLE"
    message = "This is no picture that can be read; send a JPEG, a PNG or a WebP."
    field = "picture"


class PictureTooLarge(DomainError):
    status_code = 422
    code = "PICTURE_TOO_LARGE"
    message = (
        "The picture has too many pixels: a JPEG may have 24 megapixels, a PNG 9, "
        "a WebP 4.5."
    )
    field = "picture"


class PictureTypeNeeded(DomainError):
    """The body is of another media type, or packed."""

    status_code = 415
    code = MESSAGES[415][0]
    message = "A picture is taken as image/jpeg, image/png or image/webp, uncompressed."


class PictureRateLimited(DomainError):
    status_code = 429
    code = "PICTURE_RATE_LIMITED"
    message = "There were ten pictures in an hour; try again later."


class PictureBusy(DomainError):
    status_code = 503
    code = "PICTURE_BUSY"
    message = "Other pictures are being drawn; try again in a moment."


class PicturesAway(DomainError):
    """The store of the files does not answer."""

    status_code = 503
    code = "PICTURES_AWAY"
    message = "Pictures cannot be kept or shown at this moment; try again in a minute."

    def __init__(self, *, retry_after: int = 5) -> None:
        super().__init__(retry_after=retry_after)
