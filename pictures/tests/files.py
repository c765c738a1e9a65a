"""Files of pictures for tests, honest ones and others."""

import io
import struct
import zlib

from PIL import Image


def written(image, form, **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def halves(mode="RGB", size=(60, 40), left="red", right="blue"):
    """A picture whose left half has another colour than its right one."""
    image = Image.new(mode, size, right)
    image.paste(left, (0, 0, size[0] // 2, size[1]))
    return image


def jpeg(size=(60, 40), **options):
    return written(halves(size=size), "JPEG", quality=95, **options)


def png(size=(60, 40), mode="RGB", **options):
    return written(Image.new(mode, size), "PNG", **options)


def chunk(kind, content=b""):
    crc = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)


def png_of(width, height, *chunks, bits=8, colours=2):
    """A PNG by its parts: what it says of itself, and whatever follows."""
    head = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks)


def of_zeros(width, height):
    """A PNG of which every row is empty, a thousandth of what it takes when drawn."""
    packing = zlib.compressobj()
    rows = b"".join(packing.compress(b"\0" * (3 * width + 1)) for _ in range(height))
    return png_of(width, height, chunk(b"IDAT", rows + packing.flush()), chunk(b"IEND"))


def scans(count, size=(4000, 3000)):
    """A progressive JPEG that goes over all its coefficients `count` times more."""
    whole = written(Image.new("RGB", size), "JPEG", progressive=True)
    last = whole.rfind(b"\xff\xda")
    return whole[:last] + whole[last:-2] * (count + 1) + whole[-2:]


def segments(count):
    """A JPEG with as many empty comments before it."""
    whole = jpeg()
    return whole[:2] + b"\xff\xfe\x00\x02" * count + whole[2:]
