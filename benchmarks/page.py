"""`make page`: how soon somebody sees the dashboard, how large it is, how a year pans.

It fails where a part has outgrown its budget.
"""

import gzip
import json
import re
import shutil
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

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

# The most that each part may have, gzipped: kB.
FIRST_SCRIPT, PAGE, LANGUAGE, FONT = 130, 20, 10, 25
MOST_SHIFT = 0.02  # of the cumulative layout shift
FIRST_PAINT = 300  # milliseconds, on a line without a limit
# A slow line, as of a train: milliseconds of delay, bytes a second, and what is left for
# the frame to be seen.
SLOW_DELAY, SLOW_LINE, SLOW_PAINT = 400, 50_000, 2_000
# A language is two files, one for the first page: en-x.js, and pages-x.js of each.
WORDS = re.compile(r"^(en|de|ar|pages)-")
SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 100);
})"""

FEW, PLANTS = 100, 3000  # in a year
KINDS = ("Rose", "Fern", "Orchid", "Bamboo", "Cherry Blossom", "Baobab")
# Pan from January to December, a screen in half a second; milliseconds between frames.
PAN = """() => new Promise((resolve) => {
  const forest = document.querySelector(".forest");
  forest.scrollLeft = 0;
  const frames = [];
  let before = performance.now();
  const step = (now) => {
    frames.push(now - before);
    before = now;
    const left = forest.scrollLeft;
    forest.scrollLeft += forest.clientWidth / 30;
    if (forest.scrollLeft === left) resolve(frames.slice(1));
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
# The last month was drawn: a tile whose middle is no longer clear.
DRAWN = """() => {
  const tiles = [...document.querySelectorAll(".forest canvas")];
  return tiles.length === 12 && tiles.every((tile) =>
    tile.getContext("2d").getImageData(tile.width / 2, tile.height - 4, 1, 1).data[3] > 0);
}"""


def main() -> None:
    failures = _sizes()
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
        slow = _visit(browser, page, slowly=True)
        shift = _shift(browser, page)
        few, many = (_pan(browser, page, count) for count in (FEW, PLANTS))
        browser.close()
    print(
        f"first contentful paint: {statistics.median(times):.0f} ms, "
        f"median of {VISITS} first visits (at most {max(times):.0f})"
    )
    print(f"on a line of 50 kB/s and 400 ms the frame is seen after {slow:.0f} ms")
    print(f"layout shift of the first page: {shift:.3f}")
    for what, figure, most in (
        ("first paint, ms", statistics.median(times), FIRST_PAINT),
        ("first paint on a slow line, ms", slow, SLOW_PAINT),
        ("layout shift", shift, MOST_SHIFT),
    ):
        if figure > most:
            failures.append(f"{what}: {figure:.3g}, at most {most}")
    for count, frames in ((FEW, few), (PLANTS, many)):
        print(
            f"panning {count:,} plants of a year: {statistics.median(frames):.1f} ms a frame, "
            f"99 of 100 within {statistics.quantiles(frames, n=100)[98]:.1f}, "
            f"at most {max(frames):.1f}, {len(frames)} frames"
        )
    if failures:
        sys.exit("beyond the budget:\n  " + "\n  ".join(failures))


def _sizes() -> list[str]:
    """Print what each part of the build has, and return those beyond their budget."""
    html = (BUILD / "index.html").read_text()
    named = set(re.findall(r"/static/dashboard/assets/([^\"]+)", html))
    # Beside them lie those of the build before, for servers that still name them.
    own = (BUILD / "built-from").read_text().splitlines()[1:]
    assets = {name: BUILD / "assets" / name for name in own}
    words = {name for name in assets if WORDS.match(name)}
    english = {name for name in words if name.startswith("en-")}
    scripts = {name for name in assets if name.endswith(".js")}
    first = sum(_kilobytes(assets[name]) for name in (scripts & named) | english)
    print(f"JavaScript of the first page, with its English: {first:.1f} kB gzipped")
    page = _kilobytes(BUILD / "index.html")
    print(f"page, with the looks of its first frame: {page:.1f} kB gzipped")
    css = sum(_kilobytes(assets[name]) for name in named if name.endswith(".css"))
    print(f"style sheet: {css:.1f} kB gzipped")
    parts = [("the first page", first, FIRST_SCRIPT)]
    parts += [
        (name, _kilobytes(assets[name]), LANGUAGE if name in words else PAGE)
        for name in sorted(scripts - named)
    ]
    parts += [
        (name, path.stat().st_size / 1000, FONT)
        for name, path in assets.items()
        if name.endswith(".woff2")
    ]
    for name, size, most in sorted(parts[1:], key=lambda part: -part[1])[:12]:
        print(f"  {name}: {size:.1f} kB of {most}")
    return [
        f"{name}: {size:.1f} kB, at most {most}"
        for name, size, most in parts
        if size > most
    ]


def _kilobytes(path: Path) -> float:
    return len(gzip.compress(path.read_bytes())) / 1000


def _visit(browser: Browser, url: str, *, slowly: bool = False) -> float:
    """Return when something is seen first, of a visitor whose browser has nothing yet."""
    context = browser.new_context()  # a cache of its own
    page = context.new_page()
    if slowly:
        context.new_cdp_session(page).send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": SLOW_DELAY,
                "downloadThroughput": SLOW_LINE,
                "uploadThroughput": SLOW_LINE,
            },
        )
    page.goto(url, wait_until="commit", timeout=60_000)
    painted: float = page.evaluate(PAINTED)
    context.close()
    return painted


def _shift(browser: Browser, url: str) -> float:
    """Return how much moves while Today is loaded by somebody who is signed in."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    _sign_up(page, url, "stays")
    page.wait_for_load_state("networkidle")
    page.goto(url)
    page.wait_for_load_state("networkidle")
    shift: float = page.evaluate(SHIFT)
    context.close()
    return shift


def _pan(browser: Browser, url: str, plants: int) -> list[float]:
    """Return the milliseconds of each frame on the way through a year of so many."""
    page = browser.new_context().new_page()
    page.route("**/api/garden/landscape?*", lambda route: _answer(route, plants))
    _sign_up(page, url, f"pans_{plants}")
    page.get_by_role("link", name="Garden").first.click()
    page.get_by_role("tab", name="Year").click()
    page.wait_for_function(DRAWN)
    frames: list[float] = page.evaluate(PAN)
    page.context.close()
    return frames


def _sign_up(page: Page, url: str, name: str) -> None:
    unique = f"{name}_{time.time_ns()}"
    page.goto(f"{url}sign-up")
    page.get_by_label("Username").fill(unique)
    page.get_by_label("E-mail").fill(f"{unique}@example.com")
    page.get_by_label("Password", exact=True).fill("green meadow 12")
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("button", name="Skip, just start").click()


def _answer(route: Route, total: int) -> None:
    """Answer as the API does for somebody with so many plants in each year."""
    year = route.request.url.split("from=")[1][:4]
    rows = [
        {
            "id": f"plant {n}",
            "session_id": f"session {n}",
            "plant_num": n + 1,
            "plant_type": KINDS[n % len(KINDS)],
            "growth_stage": 5,
            "state": "grown" if n % 5 else "withered",
            "local_date": f"{year}-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "focus_min": (5, 25, 25, 50, 120)[n % 5],
            "started_at": f"{year}-01-01T09:30:00Z",
        }
        for n in range(total)
    ]
    page = {"plants": rows, "more": False}
    route.fulfill(body=json.dumps(page), content_type="application/json")


if __name__ == "__main__":
    main()
