"""Pictures that unpack, break off, count a million parts or never end, at both workers."""

import io
import json
import select
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPResponse

import pytest
from django.conf import settings
from PIL import Image, ImageFilter

from pictures.redrawing.containers import MOST_SEGMENTS
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
from server.worker import MOST_UPLOAD_BYTES, REQUEST_SECONDS
from tests.live.harness.pictures.uploads import (
    PICTURE,
    forget_peaks,
    peaks,
    send_picture,
)
from tests.live.harness.stack import WORKERS
from tests.live.harness.user import register

pytestmark = pytest.mark.slow

MOST = settings.PICTURE_MAX_SIZE
# What a worker may take, and what one picture may add to it.
WORKER_MB, PICTURE_MB = 250, 90

LARGE = {
    "jpeg": lambda: written(Image.new("RGB", (6000, 4000)), "JPEG"),
    "progressive": lambda: written(
        Image.new("RGB", (6000, 4000)), "JPEG", progressive=True
    ),
    "full planes": lambda: written(
        Image.new("RGB", (4000, 3000)), "JPEG", progressive=True, subsampling=0
    ),
    "cmyk": lambda: written(Image.new("CMYK", (3000, 3000)), "JPEG", progressive=True),
    "png": lambda: png(size=(3840, 2160), mode="RGBA"),
    "palette": lambda: png(size=(3000, 3000), mode="P", transparency=0),
    "line": lambda: png(size=(60_000, 150), mode="RGBA"),
    "webp": lambda: written(Image.new("RGB", (2500, 1800)), "WEBP", quality=30),
    "lossless": lambda: written(Image.new("RGBA", (2500, 1800)), "WEBP", lossless=True),
}
TEXT = zlib.compress(b"x" * 1_000_000)
BOMBS = {
    "361 megapixels": lambda: png_of(19_000, 19_000),
    "144 megapixels": lambda: png_of(12_000, 12_000, chunk(b"IEND")),
    "24 megapixels of zeros": lambda: of_zeros(6000, 4000),
    "texts": lambda: png_of(
        64, 64, *(chunk(b"zTXt", b"k\0\0" + TEXT) for _ in range(300)), chunk(b"IEND")
    ),
    "profile": lambda: png_of(64, 64, chunk(b"iCCP", b"p\0\0" + TEXT), chunk(b"IEND")),
    "segments": lambda: segments(1_300_000),
    "scans": lambda: scans(3000),
    "chunks": lambda: png_of(64, 64, *[chunk(b"abCd")] * 400_000),
    "truncated": lambda: jpeg(size=(3000, 2000))[:5000],
    "svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "gif": lambda: written(halves(), "GIF"),
    "pdf": lambda: b"%PDF-1.7\n%%EOF",
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage",
    "html": lambda: b"<!doctype html><script>alert(document.domain)</script>",
}
MOVING = {
    form: lambda form=form: written(
        Image.new("RGB", (200, 200)),
        form,
        save_all=True,
        append_images=[
            Image.new("RGB", (200, 200), (n % 256, 0, 0)) for n in range(99)
        ],
    )
    for form in ("PNG", "WEBP")
}

DRAW = """
import sys
from pictures.exceptions import PictureTooLarge, PictureUnreadable
from pictures.redrawing.canvas import redrawn
def peak():
    told = open("/proc/self/status").read()
    return int(told.partition("VmHWM:")[2].split()[0]) // 1024
redrawn(open(sys.argv[1], "rb").read())
open("/proc/self/clear_refs", "w").write("5")
before = peak()
try:
    redrawn(open(sys.argv[2], "rb").read())
    told = "drawn"
except (PictureTooLarge, PictureUnreadable) as error:
    told = error.code
print(told, peak() - before)
"""


@pytest.fixture(scope="module")
def picture_stack(start_stack, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    limits = {"RATE_LIMIT_ENABLED": "false", "PICTURES_DIR": str(folder)}
    stack = start_stack(cold=True, **limits)
    stack.pictures = folder
    return stack


@pytest.mark.row("ID40")
@pytest.mark.parametrize("name", [*LARGE, *BOMBS])
def test_no_picture_takes_more_memory_than_a_worker_may_spare(name, tmp_path):
    """Caught, by Image.open, load and resize: +273 MB for 70 kB of PNG, +170 MB and 5 s
    for 5 MiB of segments, and 68 s for 150 kB of scans.
    """
    (tmp_path / "small").write_bytes(jpeg())
    (tmp_path / "picture").write_bytes((LARGE | BOMBS)[name]())
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            DRAW,
            str(tmp_path / "small"),
            str(tmp_path / "picture"),
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    told, more = done.stdout.split()
    assert (told == "drawn") == (name in LARGE)
    assert int(more) < (PICTURE_MB if name in LARGE else 20), done.stdout


@pytest.mark.row("ID40")
def test_a_worker_stays_under_its_bound_whatever_is_sent(picture_stack, unharmed):
    """Eight of the worst at a time, until both workers have drawn each kind."""
    stack = unharmed(picture_stack, busy=True)
    person = register(stack)
    kinds = {"jpeg": 200, "progressive": 200, "png": 200, "webp": 200}
    sent = {name: LARGE[name]() for name in kinds}
    refused = ("24 megapixels of zeros", "segments", "scans", "chunks", "html")
    sent |= {name: BOMBS[name]() for name in refused}
    assert send_picture(stack, person.token, jpeg()).status_code == 200
    forget_peaks(stack)
    with ThreadPoolExecutor(8) as pool:
        for name, raw in sent.items():
            answers = pool.map(
                lambda raw: send_picture(stack, person.token, raw), [raw] * 8
            )
            statuses = {answer.status_code for answer in answers}
            assert statuses <= {kinds.get(name, 422), 503}, name
            assert kinds.get(name, 422) in statuses, name
    assert len(peaks(stack)) == WORKERS
    assert max(peaks(stack)) < WORKER_MB, peaks(stack)


@pytest.mark.row("ID41")
def test_one_is_drawn_two_wait_and_the_rest_come_again(picture_stack, unharmed):
    """Caught: eight at once, which took a gigabyte and every thread."""
    stack = unharmed(picture_stack, busy=True)
    person = register(stack)
    raw = LARGE["png"]()
    with ThreadPoolExecutor(16) as pool:
        answers = [
            *pool.map(lambda raw: send_picture(stack, person.token, raw), [raw] * 16)
        ]
    busy = [answer for answer in answers if answer.status_code == 503]
    assert busy
    assert {answer.status_code for answer in answers} == {200, 503}
    for answer in busy:
        assert answer.json()["detail"]["error_code"] == "PICTURE_BUSY"
        assert answer.headers["Retry-After"] == "2"
    assert person.ask("GET", "/users/me").status_code == 200
    assert len([*stack.pictures.iterdir()]) >= 1


@pytest.mark.row("ID42")
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([f"Content-Length: {MOST + 1}"], (413, "PAYLOAD_TOO_LARGE")),
        (["Content-Length: 1000000000000"], (413, "PAYLOAD_TOO_LARGE")),
        (["Transfer-Encoding: chunked"], (411, "LENGTH_REQUIRED")),
        ([], (411, "LENGTH_REQUIRED")),
        (["Content-Length: 0"], (422, "PICTURE_UNREADABLE")),
    ],
)
def test_lengths_are_refused_before_they_are_read(picture_stack, lines, expected, db):
    stack = picture_stack
    with closing(stack.connect()) as client:
        client.sock.sendall(_head(stack, register(stack).token, *lines))
        if "chunked" in str(lines):
            client.sock.sendall(b"5\r\nhello\r\n0\r\n\r\n")
        status, body = _read(client)
    assert (status, body["detail"]["error_code"]) == expected


@pytest.mark.row("ID42")
def test_pictures_that_drip_make_room_for_one_that_comes(picture_stack, unharmed):
    """Caught: as many held bodies of 5 MiB as a worker has connections."""
    stack = unharmed(picture_stack, busy=True)
    person = register(stack)
    # Its pixels end early, and the rest is what stands behind its end.
    raw = jpeg().ljust(MOST, b"\0")
    with ExitStack() as clients:
        dripping = [
            clients.enter_context(closing(stack.connect()))
            for _ in range(WORKERS * MOST_UPLOAD_BYTES // MOST + 1)
        ]
        begun = _head(stack, person.token, f"Content-Length: {MOST}")
        for client in dripping:
            client.sock.sendall(begun + raw[:100])
        honest = clients.enter_context(closing(stack.connect()))
        honest.sock.sendall(begun + raw)
        assert _read(honest)[0] == 200
        sockets = {client.sock: client for client in dripping}
        told, _, _ = select.select([*sockets], [], [], REQUEST_SECONDS / 2)
        refused = [_read(sockets[sock])[0] for sock in told]
    assert refused
    assert {*refused} == {503}


@pytest.mark.row("ID42")
@pytest.mark.parametrize("form", MOVING)
def test_of_a_hundred_frames_one_is_kept(picture_stack, unharmed, form):
    stack = unharmed(picture_stack)
    person = register(stack)
    answer = send_picture(stack, person.token, MOVING[form](), "image/png")
    assert answer.status_code == 200
    name = answer.json()["picture"].rpartition("/")[2]
    with Image.open(stack.pictures / name) as kept:
        assert (kept.format, kept.size) == ("WEBP", (512, 512))
        assert getattr(kept, "n_frames", 1) == 1


def test_a_photograph_of_five_mebibytes_is_taken(picture_stack, unharmed):
    noise = Image.effect_noise((3000, 2000), 90).filter(ImageFilter.GaussianBlur(1))
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=97)
    raw = file.getvalue()
    assert len(raw) > 1024 * 1024
    # Whatever stands behind its end is read with it, and not kept.
    stack = unharmed(picture_stack)
    answer = send_picture(stack, register(stack).token, raw.ljust(MOST, b"\0"))
    assert answer.status_code == 200
    assert len(raw.ljust(MOST, b"\0")) == MOST > MOST_SEGMENTS


def _head(stack, token, *lines):
    host = f"Host: 127.0.0.1:{stack.port}"
    told = [host, f"Authorization: Bearer {token}", "Content-Type: image/jpeg", *lines]
    return "\r\n".join([f"PUT {PICTURE} HTTP/1.1", *told, "", ""]).encode()


def _read(client):
    """Return (status, body) of what is answered on a socket."""
    answer = HTTPResponse(client.sock)
    answer.begin()
    return answer.status, json.loads(answer.read())
