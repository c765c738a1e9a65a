"""`make page`: how soon somebody sees the dashboard, from a cold cache."""

import gzip
import re
import shutil
import statistics
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import data
from benchmarks.servers import ROOT, Wanted, running

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
        browser.close()
    print(
        f"first contentful paint: {statistics.median(times):.0f} ms, "
        f"median of {VISITS} first visits (at most {max(times):.0f})"
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


if __name__ == "__main__":
    main()
