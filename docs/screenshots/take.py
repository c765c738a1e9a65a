"""`make pictures`: the pictures of the README, of the demo account's dashboard.

Each is taken in a real browser over a database of its own. The session in motion is one
of 25 minutes whose start is moved back in the database from picture to picture.
"""

import io
import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import psycopg
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from benchmarks import data
from benchmarks.stacks import Wanted, ask, running

FOLDER = Path(__file__).parent
DATABASE = "focusguard_pictures"
WIDE, PHONE = (1280, 800), (390, 844)
PLAN = timedelta(minutes=25)
PLANT = "Sunflower"
QUALITY = 82
# The session in motion: its size, and milliseconds that each part is seen.
MOTION = (800, 500)
BEFORE, STEP, BLOOM, AFTER = 1500, 400, 200, 5000
STEPS, BLOOMS = 29, 10
# Kilobytes, of all still pictures and of the one in motion.
MOST_STILL, MOST_MOTION = 900, 1500


def main() -> None:
    os.environ["DEMO_PASSWORD"] = os.environ["STAFF_PASSWORD"] = secrets.token_urlsafe()
    url = _database()
    with (
        running({"ours": Wanted("ours", url)}) as servers,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        _take(browser, f"http://127.0.0.1:{servers['ours'].port}", url)
        browser.close()
    _weigh()


def _database() -> str:
    """Make the database anew, with the same people each time; return its URL."""
    server = os.environ["DATABASE_URL"]
    name = sql.Identifier(DATABASE)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
        )
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    parts = conninfo_to_dict(server)
    host = f"host={parts['host']}&port={parts.get('port', 5432)}"
    url = f"postgresql://{parts['user']}@/{DATABASE}?{host}"
    data.manage(url, "migrate", "--verbosity", "0")
    many = ("--users", "40", "--days", "90", "--demo-accounts")
    data.manage(url, "seed_demo", "--yes-really", *many)
    # What a demo session left running would stand in each picture.
    ask(url, "DELETE FROM garden WHERE state = 'growing'")
    ask(url, "DELETE FROM sessions WHERE status = 'active'")
    return url


def _take(browser: Browser, origin: str, url: str) -> None:
    # One browser for all: the refresh token that another took along would be a used one.
    context = browser.new_context(
        base_url=origin,
        service_workers="block",
        locale="en-GB",
        timezone_id="Europe/Stockholm",
    )
    page = context.new_page()
    _look(page, WIDE, "light")
    _sign_in(page)
    _still(page, "/", "today")
    _still(page, "/history", "history")
    _look(page, WIDE, "dark")
    _still(page, "/garden", "garden")
    _still(page, "/insight", "insight")
    _look(page, PHONE, "light")
    _still(page, "/insight", "phone-insight")
    _look(page, WIDE, "light")
    _animate(list(_session(page, url)))


def _look(page: Page, size: tuple[int, int], scheme: Literal["light", "dark"]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)


def _sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Username").fill("demo")
    page.get_by_label("Password", exact=True).fill(os.environ["DEMO_PASSWORD"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Start focusing")).to_be_visible()


def _still(page: Page, path: str, name: str) -> None:
    _open(page, path)
    _save(page.screenshot(), name)


def _open(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".skeleton")).to_have_count(0)
    # Growth and the lines of charts come to rest.
    page.wait_for_timeout(1200)


def _save(shot: bytes, name: str) -> None:
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    picture.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)


def _session(page: Page, url: str) -> Iterator[tuple[bytes, int]]:
    """Live a session; yield what is seen of it, and for how many milliseconds."""
    _open(page, "/")
    yield page.screenshot(), BEFORE
    page.get_by_role("radio", name="25 min").check()
    page.get_by_role("radio", name=PLANT, exact=True).check()
    yield page.screenshot(), BEFORE
    page.get_by_role("button", name="Start focusing").click()
    expect(page.get_by_role("timer")).to_be_visible()
    for step in range(STEPS):
        _begun(url, PLAN * (step / STEPS))
        _open(page, "/")
        shot = page.screenshot()
        if step == round(STEPS * 0.76):
            _save(shot, "session")
        yield shot, STEP
    _begun(url, PLAN - timedelta(seconds=3))
    page.goto("/")
    expect(page.get_by_role("timer")).to_be_visible()
    expect(page.get_by_role("timer")).to_be_hidden(timeout=30_000)
    for _ in range(BLOOMS):
        yield page.screenshot(), BLOOM
    page.wait_for_timeout(2000)
    yield page.screenshot(), AFTER


def _begun(url: str, ago: timedelta) -> None:
    """Let the running session have begun so long ago."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "UPDATE sessions SET created_at = now() - %s WHERE status = 'active'", [ago]
        )


def _animate(frames: list[tuple[bytes, int]]) -> None:
    first, *rest = (
        Image.open(io.BytesIO(shot)).convert("RGB").resize(MOTION) for shot, _ in frames
    )
    first.save(
        FOLDER / "session-in-motion.webp",
        save_all=True,
        append_images=rest,
        duration=[duration for _, duration in frames],
        loop=0,
        quality=70,
        method=6,
    )


def _weigh() -> None:
    sizes = {path.name: path.stat().st_size / 1000 for path in FOLDER.glob("*.webp")}
    motion = sizes.pop("session-in-motion.webp")
    for name, size in sorted(sizes.items()):
        print(f"{name}: {size:.0f} kB")
    print(f"in all {sum(sizes.values()):.0f} kB of {MOST_STILL}; ", end="")
    print(f"in motion {motion:.0f} kB of {MOST_MOTION}")
    if sum(sizes.values()) > MOST_STILL or motion > MOST_MOTION:
        raise SystemExit("too large for a README")


if __name__ == "__main__":
    main()
