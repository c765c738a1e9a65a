"""`make page`: how soon somebody sees the dashboard, and how a garden scrolls."""

import gzip
import json
import re
import shutil
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from benchmarks import data
from benchmarks.stacks import ROOT, Wanted, running

VISITS = 5
CHROMIUM = shutil.which("chromium")
BUILD = ROOT / "dashboard" / "dist"
PAINTED = """() => new Promise((resolve) => {
  const look = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint) resolve(paint.startTime);
    else requestAnimationFrame(look);
  };
  look();
})"""

PLANTS, LOADED = 1000, 100  # in the garden, and at once
KINDS = ("Rose", "Fern", "Orchid", "Bamboo", "Cherry Blossom", "Baobab")
# Scroll through all of it, a screen in half a second; milliseconds between frames.
SCROLL = """() => new Promise((resolve) => {
  window.scrollTo(0, 0);
  const frames = [];
  let before = performance.now();
  const step = (now) => {
    frames.push(now - before);
    before = now;
    const top = window.scrollY;
    window.scrollBy(0, window.innerHeight / 30);
    if (window.scrollY === top) resolve(frames.slice(1));
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def main() -> None:
    print(f"JavaScript of the first page: {_gzipped('js'):.0f} kB gzipped")
    print(f"style sheets of the first page: {_gzipped('css'):.0f} kB gzipped")
    url = data.prepare(1000, 90)
    with (
        running({"ours": Wanted("ours", url)}) as servers,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = f"http://127.0.0.1:{servers['ours'].port}/"
        times = [_visit(browser, page) for _ in range(VISITS)]
        few, many = (_scroll(browser, page, count) for count in (LOADED, PLANTS))
        browser.close()
    print(
        f"first contentful paint: {statistics.median(times):.0f} ms, "
        f"median of {VISITS} first visits (at most {max(times):.0f})"
    )
    for count, frames in ((LOADED, few), (PLANTS, many)):
        print(
            f"scrolling {count:,} plants: {statistics.median(frames):.1f} ms a frame, "
            f"99 of 100 within {statistics.quantiles(frames, n=100)[98]:.1f}, "
            f"at most {max(frames):.1f}, {len(frames)} frames"
        )


def _gzipped(kind: str) -> float:
    page = (BUILD / "index.html").read_text()
    names = re.findall(rf"/static/dashboard/(assets/[^\"]+\.{kind})", page)
    return (
        sum(len(gzip.compress(Path(BUILD, name).read_bytes())) for name in names) / 1000
    )


def _visit(browser: Browser, url: str) -> float:
    context = browser.new_context()  # a cache of its own
    page = context.new_page()
    page.goto(url)
    painted: float = page.evaluate(PAINTED)
    context.close()
    return painted


def _scroll(browser: Browser, url: str, plants: int) -> list[float]:
    """Return the milliseconds of each frame on the way down a garden of so many."""
    page = browser.new_context().new_page()
    page.route("**/api/garden?*", lambda route: _answer(route, plants))
    _sign_up(page, url, f"scrolls_{plants}")
    page.get_by_role("link", name="Garden").first.click()
    for loaded in range(LOADED, plants + 1, LOADED):
        expect(page.locator(".bed li")).to_have_count(loaded)
        if loaded < plants:
            page.get_by_role("button", name="Show more").click()
    frames: list[float] = page.evaluate(SCROLL)
    page.context.close()
    return frames


def _sign_up(page: Page, url: str, name: str) -> None:
    unique = f"{name}_{time.time_ns()}"
    page.goto(f"{url}sign-up")
    page.get_by_label("Username").fill(unique)
    page.get_by_label("E-mail").fill(f"{unique}@example.com")
    page.get_by_label("Password", exact=True).fill("green meadow 12")
    page.get_by_role("button", name="Create account").click()


def _answer(route: Route, total: int) -> None:
    """Answer as the API does for somebody with so many plants."""
    found = re.search(r"cursor=(\d+)", route.request.url)
    first = int(found[1]) if found else 0
    rows = [
        {
            "id": str(n),
            "plant_num": total - n,
            "plant_type": KINDS[n % len(KINDS)],
            "growth_stage": 5,
            "state": "grown" if n % 5 else "withered",
            "created_at": "2026-11-23T09:30:00Z",
        }
        for n in range(first, first + LOADED)
    ]
    following = first + LOADED
    more = f"{route.request.url.split('?')[0]}?cursor={following}"
    page = {
        "gardens": rows,
        "total": total,
        "next": more if following < total else None,
        "previous": None,
    }
    route.fulfill(body=json.dumps(page), content_type="application/json")


if __name__ == "__main__":
    main()
