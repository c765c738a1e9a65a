"""Pictures are drawn anew, or refused before a pixel is drawn."""

import io
import random
import struct
import zlib

import pytest
from PIL import ExifTags, Image

from pictures.exceptions import PictureTooLarge, PictureUnreadable
from pictures.redrawing import containers
from pictures.redrawing.canvas import redrawn
from pictures.tests.files import (
    chunk,
    halves,
    jpeg,
    of_zeros,
    png,
    png_of,
    scans,
    segments,
    written,
)

RED, BLUE = (255, 0, 0), (0, 0, 255)


def drawn(raw):
    """Return the picture that is kept, after looking that it is what it has to be."""
    image = Image.open(io.BytesIO(redrawn(raw)))
    assert (image.format, image.size) == ("WEBP", (512, 512))
    return image


def is_near(pixel, colour):
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=False))


def sides(image):
    """Return the colours to the left and the right, of a picture without an alpha."""
    shown = image.convert("RGB")
    return shown.getpixel((20, 256)), shown.getpixel((490, 256))


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("JPEG", {"subsampling": 0}),
        ("PNG", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_each_format_becomes_the_same_square(form, options):
    left, right = sides(drawn(written(halves(), form, **options)))
    assert is_near(left, RED)
    assert is_near(right, BLUE)


@pytest.mark.parametrize(
    "raw",
    [
        written(halves().convert("L"), "JPEG"),
        written(halves().convert("1"), "PNG"),
        written(halves().convert("L"), "PNG"),
        written(halves().convert("LA"), "PNG"),
        written(halves().convert("P"), "PNG"),
        written(halves("RGBA"), "PNG"),
        written(halves("RGBA"), "WEBP"),
        written(halves().convert("CMYK"), "JPEG"),
        written(halves().convert("CMYK"), "JPEG", progressive=True),
    ],
)
def test_each_kind_of_pixel_is_drawn(raw):
    left, right = sides(drawn(raw))
    assert left != right


def test_cmyk_keeps_its_colours():
    left, right = sides(drawn(written(halves().convert("CMYK"), "JPEG", quality=95)))
    assert is_near(left, RED)
    assert is_near(right, BLUE)


def test_sixteen_bits_of_grey_are_not_cut_off():
    """Caught: Pillow takes what is above 255 for white, and all of this was."""
    rows = (b"\0" + struct.pack(">H", 0x4000) * 64) * 64
    raw = png_of(
        64, 64, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND"), bits=16, colours=0
    )
    left, _ = sides(drawn(raw))
    assert is_near(left, (64, 64, 64))


def test_what_shows_through_still_does():
    shown = drawn(written(Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "PNG"))
    assert shown.mode == "RGBA"
    assert shown.getpixel((256, 256))[3] == 0


def test_the_middle_is_shown():
    wide = Image.new("RGB", (300, 100), "red")
    wide.paste("blue", (100, 0, 200, 100))
    left, right = sides(drawn(written(wide, "PNG")))
    assert is_near(left, BLUE)
    assert is_near(right, BLUE)


PLACES = {
    "left": (20, 256),
    "right": (490, 256),
    "top": (256, 20),
    "bottom": (256, 490),
}


@pytest.mark.parametrize(
    ("orientation", "red"),
    [
        *((1, "left"), (2, "right"), (3, "right"), (4, "left")),
        *((5, "top"), (6, "top"), (7, "bottom"), (8, "bottom"), (9, "left")),
    ],
)
def test_a_phone_that_was_held_upright_shows_people_upright(orientation, red):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    shown = drawn(jpeg(size=(64, 64), exif=exif)).convert("RGB")
    assert is_near(shown.getpixel(PLACES[red]), RED)
    assert sum(is_near(shown.getpixel(place), RED) for place in PLACES.values()) == 1


def test_nothing_of_the_file_is_kept_but_what_is_seen():
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    profile = b"\0" * 36 + b"acsp" + b"SecretProfile" * 20
    raw = {
        "JPEG": jpeg(exif=exif, icc_profile=profile, comment=b"SecretWord"),
        "PNG": png_of(
            64,
            64,
            chunk(b"tEXt", b"k\0SecretWord"),
            chunk(b"iCCP", b"p\0\0" + zlib.compress(profile)),
            chunk(b"eXIf", exif.tobytes()),
            chunk(b"IDAT", zlib.compress((b"\0" + b"\0" * 192) * 64)),
            chunk(b"IEND"),
        ),
        "WEBP": written(
            halves(), "WEBP", exif=exif, icc_profile=profile, xmp=b"SecretWord"
        ),
    }
    for form, sent in raw.items():
        kept = redrawn(sent + b"<script>SecretTail</script>")
        assert b"Secret" not in kept, form
        image = Image.open(io.BytesIO(kept))
        assert not {"exif", "icc_profile", "xmp", "comment"} & image.info.keys()
        assert not dict(image.getexif())
        for name in (b"EXIF", b"ICCP", b"XMP ", b"ANIM"):
            assert name not in kept
        assert struct.unpack("<I", kept[4:8])[0] + 8 == len(kept)


def test_of_an_animation_the_first_picture_is_shown():
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    for form in ("PNG", "WEBP"):
        moving = written(frames[0], form, save_all=True, append_images=frames[1:])
        shown = drawn(moving)
        assert getattr(shown, "n_frames", 1) == 1
        assert is_near(sides(shown)[0], RED)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        written(halves(), "GIF"),
        written(halves(), "BMP"),
        written(halves(), "TIFF"),
        written(halves(), "ICO"),
        jpeg()[:200],
        jpeg()[:-300],
        png()[:60],
        png()[:-20],
        written(halves(size=(400, 400)), "WEBP")[:100],
        png_of(64, 64, chunk(b"IEND")),
        png_of(0, 64, chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND")),
        chunk(b"IEND"),
        # A head that says twice how large it is.
        png_of(64, 64, png_of(64, 64)[8:], chunk(b"IEND")),
        b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\0" * 40,
    ],
)
def test_what_is_no_picture_is_refused(raw):
    with pytest.raises(PictureUnreadable):
        redrawn(raw)


def webp_of(width, height):
    """A WebP that says so, and has nothing else."""
    sides_of = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + sides_of + b"\0" * 20
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_of(width, height):
    """A JPEG that says so, and is a small one."""
    whole = bytearray(jpeg())
    at = whole.find(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


@pytest.mark.parametrize(
    "raw",
    [
        png_of(19_000, 19_000),
        png_of(12_000, 12_000, chunk(b"IEND")),
        of_zeros(6000, 4000),
        png_of(60_000, 60_000, chunk(b"IEND")),
        jpeg_of(65_000, 65_000),
        jpeg_of(6001, 4000),
        webp_of(16_383, 16_383),
        # Three full planes, of which all coefficients would be held.
        written(Image.new("RGB", (4000, 3001)), "JPEG", subsampling=0),
        written(Image.new("CMYK", (3001, 3000)), "JPEG"),
    ],
)
def test_too_many_pixels_are_refused_by_what_the_head_says(raw, monkeypatch):
    monkeypatch.delattr(Image.Image, "load")
    with pytest.raises((PictureTooLarge, PictureUnreadable)) as refused:
        redrawn(raw)
    # A PNG that has no end is not read to its size.
    assert refused.type is PictureTooLarge or b"IEND" not in raw


def test_a_line_of_sixty_thousand_pixels_is_drawn():
    drawn(png(size=(60_000, 1)))


def test_a_file_is_not_read_a_million_parts_long():
    """Caught: 1.3 million empty segments of 5 MiB took Pillow five seconds and 170 MB."""
    with pytest.raises(PictureUnreadable):
        redrawn(segments(containers.MOST_SEGMENTS))
    assert drawn(segments(100))
    empty = chunk(b"abCd")
    end = [chunk(b"IDAT", zlib.compress((b"\0" + b"\0" * 192) * 64)), chunk(b"IEND")]
    with pytest.raises(PictureUnreadable):
        redrawn(png_of(64, 64, *[empty] * containers.MOST_CHUNKS, *end))
    assert drawn(png_of(64, 64, *[empty] * 100, *end))


def test_a_picture_is_not_gone_over_a_thousand_times():
    """Caught: 150 kB of 3,000 scans took Pillow 68 seconds; a file of 5 MiB, 40 minutes."""
    with pytest.raises(PictureUnreadable):
        redrawn(scans(containers.MOST_SCANS, size=(64, 64)))
    assert drawn(scans(10, size=(64, 64)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_whatever_is_broken_in_it_is_refused_or_drawn(form):
    """A file with any of its bytes changed ends in a picture or in a refusal."""
    chance = random.Random(form)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    whole = written(halves(size=(96, 64)), form, exif=exif)
    ends = {"drawn": 0, "refused": 0}
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            drawn(bytes(broken))
        except (PictureUnreadable, PictureTooLarge):
            ends["refused"] += 1
        else:
            ends["drawn"] += 1
    assert ends["refused"]
