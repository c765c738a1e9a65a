"""The operations of pictures for the OpenAPI document."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from focusguard.api.raw_bodies import LengthNeeded
from focusguard.api.schema import domain_errors
from pictures import exceptions as errors
from pictures.picture_body import TAKEN
from pictures.serializers import PictureSerializer

PICTURE_EXAMPLE = OpenApiExample(
    "The new one",
    value={"picture": "/api/pictures/3f2a9c5e7b1d4860a4c2e8f01b6d9753.webp"},
    response_only=True,
)

FILE_EXAMPLE = OpenApiExample(
    "The bytes of a WebP",
    value="RIFF…WEBP…",
    response_only=True,
    media_type="image/webp",
)

PICTURE_NAME = OpenApiParameter(
    "picture_name",
    {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    OpenApiParameter.PATH,
)

put_picture = extend_schema(
    operation_id="putPicture",
    summary="Show a picture of yourself",
    description="The bytes of a JPEG (24 megapixels at most), a PNG (9) or a WebP (4.5), "
    "5 MiB at most. Its middle is drawn anew as a WebP of 512 by 512, and nothing else "
    "of the file is kept: no place, no camera, no comment. Each has a new address. Ten "
    "an hour.",
    tags=["users"],
    request=dict.fromkeys(TAKEN, OpenApiTypes.BINARY),
    examples=[PICTURE_EXAMPLE],
    responses={
        200: PictureSerializer,
        **domain_errors(
            *(LengthNeeded, errors.PictureTypeNeeded, errors.PictureUnreadable),
            *(errors.PictureTooLarge, errors.PictureRateLimited, errors.PictureBusy),
            *(errors.PicturesAway, errors.PicturesOff),
        ),
    },
)

delete_picture = extend_schema(
    operation_id="deletePicture",
    summary="Show no picture of yourself",
    description="Its address is found no more. Again is fine.",
    tags=["users"],
    responses={204: None, **domain_errors(errors.PicturesOff)},
)

get_picture = extend_schema(
    operation_id="getPicture",
    summary="A picture",
    description="Of whoever has it; its name tells nobody whose it is. It never changes, "
    "and may be kept for ever.",
    tags=["users"],
    auth=[],
    parameters=[PICTURE_NAME],
    examples=[FILE_EXAMPLE],
    responses={
        (200, "image/webp"): OpenApiTypes.BINARY,
        **domain_errors(errors.PictureNotFound, errors.PicturesAway),
    },
)
