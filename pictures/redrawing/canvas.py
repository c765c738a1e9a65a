"""Pixels: any picture that is taken becomes one square WebP, drawn on a clean canvas.

Nothing of the file is kept but what can be seen: no EXIF, no place, no colour profile, no
comment, and not what stands behind its end.
"""

import io
import logging
from typing import TYPE_CHECKING, Any

from pictures.exceptions import PictureUnreadable
from pictures.redrawing.containers import Container, read

if TYPE_CHECKING:
    from PIL.Image import Image

logger = logging.getLogger(__name__)

SIDE = 512  # pixels
QUALITY = 82
ORIENTATION = 0x0112  # the tag of EXIF that says which side is up
# What brings each of its values upright.
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def redrawn(raw: bytes) -> bytes:
    """Return a picture as a WebP of 512 by 512: its middle, the right way up.

    PictureUnreadable, PictureTooLarge.
    """
    container = read(raw)
    try:
        square = _square(container)
        written = io.BytesIO()
        square.save(written, "WEBP", quality=QUALITY, method=4)
    except Exception as error:
        # Decoders of hostile bytes fail in ways that no list has: struct.error,
        # OSError, SyntaxError, KeyError. None of them is a fault of ours.
        logger.info("picture not drawn: %s", type(error).__name__)
        raise PictureUnreadable from error
    return written.getvalue()


def _square(container: Container) -> "Image":
    # These take megabytes, and no request but an upload needs them. Each is named, or
    # Pillow would load its 40 other readers for WebP.
    from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

    readers: dict[str, Any] = {
        "JPEG": JpegImagePlugin.JpegImageFile,
        "PNG": PngImagePlugin.PngImageFile,
        "WEBP": WebPImagePlugin.WebPImageFile,
    }
    with readers[container.format](io.BytesIO(container.drawn)) as image:
        if image.size != (container.width, container.height):
            raise PictureUnreadable
        orientation = _orientation(image)
        # A JPEG is drawn at a half, a quarter or an eighth, straight from its file.
        image.draft(None, (SIDE, SIDE))
        image.load()
        seen = _sampled(image)
        small = seen.resize(
            (SIDE, SIDE),
            Image.Resampling.LANCZOS,
            box=_middle(*seen.size),
            reducing_gap=3.0,
        )
    # The same square is cut out whichever side is up, so turning may wait for the end.
    if turn := TURNS.get(orientation):
        small = small.transpose(Image.Transpose[turn])
    shown = _eight_bits(small)
    # An image carries what was read beside it, and writers write that again.
    clean = Image.new(shown.mode, shown.size)
    clean.paste(shown)
    return clean


def _orientation(image: "Image") -> int:
    """Return which side is up; 1, as it lies, where the file says nothing readable."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1


def _sampled(image: "Image") -> "Image":
    """Return an image whose pixels can be averaged: no palette, no single bits."""
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.convert("L") if image.mode == "1" else image


def _eight_bits(image: "Image") -> "Image":
    """Return an image as RGB, or RGBA where something shows through.

    Pillow cuts 16 bits off at 255, and all but black would be white.
    """
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("RGBA", "LA"):
        return image.convert("RGBA")
    return image.convert("RGB")


def _middle(width: int, height: int) -> tuple[float, float, float, float]:
    side = min(width, height)
    left, top = (width - side) / 2, (height - side) / 2
    return left, top, left + side, top + side
