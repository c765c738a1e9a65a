"""Image containers (JPEG, PNG, WebP), read as far as their heads, without decoding a pixel.

A decoder is given what it needs to draw, and nothing else: the size is judged before it
allocates, and metadata, in which megabytes may be packed or a million parts counted, never
reach it (ADR 64).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pictures.exceptions import PictureTooLarge, PictureUnreadable

MEGA = 1_000_000
# What each decoder takes for a pixel differs: a JPEG is drawn at an eighth of its size,
# WebP holds its canvas twice.
MOST_PIXELS = {"JPEG": 24 * MEGA, "PNG": 9 * MEGA, "WEBP": 4.5 * MEGA}
# Of a progressive JPEG all coefficients are held, two bytes each, and gone through once
# a scan; encoders write about ten.
MOST_COEFFICIENTS = 36 * MEGA
MOST_SCANS = 32
# An encoder writes a few dozen segments, and a chunk for each 8 KiB.
MOST_SEGMENTS = 1_000
MOST_CHUNKS = 6_000

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_DRAWN = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}

START_OF_SCAN = 0xDA
EXIF_SEGMENT = 0xE1
# SOF0 to SOF2: what libjpeg reads. Arithmetic coding, lossless and hierarchical are not.
FRAMES = (0xC0, 0xC1, 0xC2)
TABLES = (0xC4, 0xDB, 0xDD)
# These say what the numbers mean: YCbCr, RGB or CMYK.
COLOURS = (b"JFIF\0", b"Adobe")
SKIPPED = (*range(0xE0, 0xF0), 0xFE)


@dataclass(frozen=True, slots=True)
class Container:
    """A picture's format and size, and the bytes that draw it."""

    format: str
    width: int
    height: int
    drawn: bytes


def read(raw: bytes) -> Container:
    """Say what the bytes are, by what they begin with. PictureUnreadable, PictureTooLarge."""
    try:
        if raw.startswith(b"\xff\xd8\xff"):
            found = _jpeg(raw)
        elif raw.startswith(PNG_SIGNATURE):
            found = _png(raw)
        elif raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
            found = _webp(raw)
        else:
            raise PictureUnreadable
    except (IndexError, struct.error) as error:
        raise PictureUnreadable from error
    if not found.width or not found.height:
        raise PictureUnreadable
    if found.width * found.height > MOST_PIXELS[found.format]:
        raise PictureTooLarge
    return found


def _jpeg(raw: bytes) -> Container:
    kept = [raw[:2]]
    frame = b""
    has_exif = False
    for marker, segment, end in _segments(raw):
        if marker == START_OF_SCAN:
            if not frame or raw.count(b"\xff\xda", end) >= MOST_SCANS:
                raise PictureUnreadable
            kept.append(raw[end - len(segment) :])
            break
        if marker in FRAMES:
            if frame:
                raise PictureUnreadable
            frame = segment
            kept.append(segment)
        elif marker in TABLES or segment[4:9] in COLOURS:
            kept.append(segment)
        elif not has_exif and _is_exif(marker, segment):
            has_exif = True
            kept.append(segment)
    height, width = struct.unpack(">HH", frame[5:9])
    if width * height * _samples(frame) > MOST_COEFFICIENTS:
        raise PictureTooLarge
    return Container("JPEG", width, height, b"".join(kept))


def _is_exif(marker: int, segment: bytes) -> bool:
    """Tell whether a segment is Exif, which says which side is up."""
    return marker == EXIF_SEGMENT and segment[4:10] == b"Exif\0\0"


def _segments(raw: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Yield each segment of a JPEG's head: its marker, its bytes and where it ends.

    Readers skip junk between segments a byte at a time; here there is none.
    """
    at = 2
    for _ in range(MOST_SEGMENTS):
        if raw[at] != 0xFF:
            raise PictureUnreadable
        marker = raw[at + 1]
        if marker not in (START_OF_SCAN, *FRAMES, *TABLES, *SKIPPED):
            raise PictureUnreadable
        (length,) = struct.unpack(">H", raw[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(raw):
            raise PictureUnreadable
        yield marker, raw[at:end], end
        at = end
    raise PictureUnreadable


def _samples(frame: bytes) -> float:
    """Return the samples that a frame has for each of its pixels: 3 without subsampling."""
    factors = [frame[at] for at in range(11, 10 + 3 * frame[9], 3)]
    across, down = [each >> 4 for each in factors], [each & 15 for each in factors]
    if not factors or not all(across) or not all(down):
        raise PictureUnreadable
    parts = sum(x * y for x, y in zip(across, down, strict=True))
    return parts / (max(across) * max(down))


def _png(raw: bytes) -> Container:
    kept = [PNG_SIGNATURE]
    at = len(PNG_SIGNATURE)
    for _ in range(MOST_CHUNKS):
        length, kind = struct.unpack(">I4s", raw[at : at + 8])
        end = at + 12 + length
        if end > len(raw) or (kind == b"IHDR") != (len(kept) == 1):
            raise PictureUnreadable
        if kind in PNG_DRAWN:
            kept.append(raw[at:end])
        if kind == b"IEND":
            width, height = struct.unpack(">II", kept[1][8:16])
            return Container("PNG", width, height, b"".join(kept))
        at = end
    raise PictureUnreadable


def _webp(raw: bytes) -> Container:
    (length,) = struct.unpack("<I", raw[4:8])
    if length + 8 > len(raw):
        raise PictureUnreadable
    drawn = raw[: length + 8]
    kind = raw[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(raw[24:27], "little") + 1
        height = int.from_bytes(raw[27:30], "little") + 1
    elif kind == b"VP8L":
        (bits,) = struct.unpack("<I", raw[21:25])
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", raw[26:30]))
    else:
        raise PictureUnreadable
    return Container("WEBP", width, height, drawn)
