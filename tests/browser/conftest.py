"""A real browser on the dashboard, over the real gunicorn and Postgres."""

import os
import shutil

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from tests.browser.visitor import TIMEOUT, Somebody
from tests.live.conftest import start_stack, unharmed  # noqa: F401  (fixtures)
from tests.live.harness.stack import running_stack

# The whole browser, with a profile.
CHROME = shutil.which("chromium") or shutil.which("google-chrome")
# The headless shell draws no window: a third less work.
CHROMIUM = shutil.which("chromium-headless-shell") or CHROME
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
    # A renderer that is started for a page which may come: a quarter of all the work.
    # The others are Playwright's, whose list this one replaces.
    "--disable-features=SpareRendererForSitePerProcess,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,OptimizationHints,"
    "ThirdPartyStoragePartitioning,NetworkTimeServiceQuerying,PreconnectToSearch",
)


# The way through the dashboard that `make test` takes; `make test-pages` has all others.
FIRST_DAY = "test_first_day_of_a_new_user"


def pytest_collection_modifyitems(items):
    """Mark them all; without its means one is skipped on a desk, and fails in CI."""
    lacking = [
        what
        for what, there in {
            "Chromium": CHROME,
            "a built dashboard (Node 20.19)": settings.HAS_DASHBOARD,
        }.items()
        if not there
    ]
    for item in items:
        if "tests/browser" not in item.nodeid:
            continue
        item.add_marker(pytest.mark.live)
        if item.name != FIRST_DAY:
            item.add_marker(pytest.mark.pages)
        if lacking and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason=f"needs {' and '.join(lacking)}"))


@pytest.fixture(autouse=True)
def _beside_playwright(monkeypatch):
    """Playwright has an event loop in this thread, and Django refuses to work in one."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# Of the package: its event loop must be gone when other tests follow.
@pytest.fixture(scope="package")
def chromium():
    with sync_playwright() as playwright:
        expect.set_options(timeout=TIMEOUT)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def dashboard_stack(django_db_setup, tmp_path_factory):
    directory = tmp_path_factory.mktemp("browser")
    with running_stack(directory, RATE_LIMIT_PER_MINUTE="100000") as stack:
        yield stack


@pytest.fixture
def open_browser(chromium, dashboard_stack, unharmed):  # noqa: F811  (the fixture, not the import)
    """Open somebody's browser; no page may warn of anything that is not `expected`."""
    stack = unharmed(dashboard_stack)
    opened = []

    def _open(*, expected=(), browser=chromium, **options):
        # A worker fetches its files for each new browser, and answers before a test's routes
        # do: the tests of `test_offline.py` allow it.
        # A plant that sways is drawn sixty times a second by the processor: half of one for
        # as long as a test looks at a session. A first day lets it move.
        options = {
            "base_url": stack.origin,
            "service_workers": "block",
            "reduced_motion": "reduce",
        } | options
        somebody = Somebody(
            browser.new_context(**options), options["base_url"], expected
        )
        opened.append(somebody)
        return somebody

    yield _open
    # All of them, before one may fail: what a page still asks for would be served while
    # the tables are emptied.
    for somebody in opened:
        somebody.leave()
    for somebody in opened:
        somebody.left_nothing()


@pytest.fixture
def somebody(open_browser):
    """Open a browser with a wide, light window."""
    return open_browser(viewport={"width": 1280, "height": 900})
