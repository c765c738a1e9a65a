"""Two devices of one user, and the realtime process that tells each of the other."""

import re
import sys
from contextlib import ExitStack, contextmanager

import pytest
import redis
from playwright.sync_api import expect

from accounts.devices.one_door import open_device
from local.processes import wait_until
from tests.browser.steps import began, give_up, only, open_tabs, user_of
from tests.harness.bounds import DEADLINE
from tests.live.conftest import valkey  # noqa: F401  (a fixture)
from tests.live.harness.realtime import running_realtime
from tests.live.harness.stack import Request, free_port, running_stack

# A revoked device asks once for another token.
REFUSED = ("status of 401",)
# By the clock of the machine, which both devices have; a press is the last one before.
PRESSED = """() => document.addEventListener("click", () => (window.pressed = Date.now()), true)"""
SEEN = """(selector) => { window.seen = new Promise((resolve) => {
    const look = () => document.querySelector(selector) && resolve(Date.now());
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}); }"""


def measuring(pressed, seen, selector="[role=timer]"):
    """Return what tells the milliseconds from a press here to what is seen there."""
    seen.evaluate(SEEN, selector)
    pressed.evaluate(PRESSED)
    return lambda: seen.evaluate("window.seen") - pressed.evaluate("window.pressed")


def say(words):
    """Print a figure of this run, which `pytest -s` shows; no test asserts a time."""
    sys.stdout.write(words + "\n")


@contextmanager
def serving(directory, **environment):
    """Serve pages that are told of the realtime process beside them."""
    port = free_port()
    told = {"REALTIME_URL": f"ws://127.0.0.1:{port}/api/ws"}
    limit = {"RATE_LIMIT_PER_MINUTE": "100000"}
    with running_stack(directory, **limit, **told, **environment) as stack:
        origin = {"ALLOWED_ORIGINS": stack.origin}
        with running_realtime(
            directory, port=port, **origin, **environment
        ) as realtime:
            yield stack, realtime


@pytest.fixture(scope="module")
def services(django_db_setup, tmp_path_factory):
    with serving(tmp_path_factory.mktemp("live")) as services:
        yield services


@pytest.fixture
def serve(django_db_setup, tmp_path):
    """Start services of a test's own, which serve until its browsers have left."""
    with ExitStack() as served:
        yield lambda **environment: served.enter_context(
            serving(tmp_path, **environment)
        )


@pytest.fixture
def two_devices(emptied_after, open_browser, unharmed):
    """Open two browsers of one user."""

    def _open(stack, realtime, **options):
        unharmed(stack)
        emptied_after.append(realtime)
        one, two = (open_browser(base_url=stack.origin, **options) for _ in range(2))
        two.is_also(one)
        return one, two

    return _open


@pytest.fixture
def emptied_after(transactional_db):
    """Empty no table while a process looks into it for a socket that is still open."""
    used = []
    yield used
    for realtime in used:
        assert wait_until(
            lambda realtime=realtime: realtime.has_ended or realtime.is_empty(),
            seconds=DEADLINE,
        )


@pytest.fixture
def devices(services, two_devices):
    return two_devices(*services)


def mark(page, name="Live"):
    return page.get_by_role("button", name=name, exact=True)


def come(*devices, path="/"):
    for one in devices:
        one.comes_back(path)
        expect(mark(one.page)).to_be_visible()


def sees_session(page, minutes=None):
    expect(page.get_by_role("timer")).to_be_visible()
    if minutes is not None:
        expect(page.get_by_role("timer")).to_have_text(re.compile(rf"{minutes - 1}:"))


def asks(somebody, stack, method, path, body):
    token = open_device(user=user_of(somebody)).access_token
    answer = stack.send(Request(method, path, body, token=token))
    assert answer.status_code < 300, answer.content


def test_devices_agree_on_a_session_from_its_start_to_its_end(devices, services):
    laptop, phone = devices
    come(laptop, phone)
    measured = measuring(laptop.page, phone.page)
    laptop.start()
    sees_session(phone.page, 25)
    say(f"\na start is seen on the other device {measured()} ms after its press")

    path = f"/api/sessions/{only(laptop).pk}"
    asks(laptop, services[0], "PATCH", path, {"duration_min": 50})
    for device in devices:
        sees_session(device.page, 50)

    phone.page.get_by_role("button", name="End now").click()
    laptop.sees_start()

    phone.page.get_by_role("button", name="Close", exact=True).click()
    measured = measuring(phone.page, laptop.page)
    phone.start(minutes=45)
    sees_session(laptop.page, 45)
    say(f"and the next one {measured()} ms after its press")
    give_up(laptop.page)
    phone.sees_start()


def test_figures_follow_where_a_page_is_open(devices):
    laptop, phone = devices
    laptop.comes_back_focusing(minutes=12)
    come(phone, path="/insight")
    expect(mark(laptop.page)).to_be_visible()
    began(laptop, minutes=12)
    with phone.page.expect_response("**/api/stats/me"):
        laptop.page.get_by_role("button", name="End now").click()


def test_sign_out_everywhere_closes_the_other_screen(services, two_devices):
    laptop, phone = two_devices(*services, expected=REFUSED)
    come(phone)
    [tab] = open_tabs(phone, "/boards")
    come(laptop, path="/you/signing-in")
    measured = [
        measuring(laptop.page, page, "input[type=password]")
        for page in (phone.page, tab)
    ]
    laptop.page.get_by_role("button", name="Sign out everywhere").click()
    for page in (phone.page, tab):
        expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    took = [one() for one in measured]
    say(f"\nsigned out on the other device {took} ms after the press")


def test_tabs_of_a_browser_share_one_socket(devices, services):
    laptop, _ = devices
    come(laptop)
    tabs = open_tabs(laptop, "/garden", "/boards")
    for tab in tabs:
        expect(mark(tab)).to_be_visible()
    sockets = services[1].get("/health")[1]["sockets"]
    assert sockets == 1
    laptop.page.close()
    [garden, boards] = tabs
    asks(laptop, services[0], "POST", "/api/sessions", {"duration_min": 25})
    for tab in (garden, boards):
        sees_session(tab)
        expect(mark(tab)).to_be_visible()
    assert services[1].get("/health")[1]["sockets"] == 1


@pytest.mark.slow
def test_process_that_ends_is_said_with_its_reason(serve, two_devices):
    stack, realtime = serve()
    laptop, _ = two_devices(stack, realtime, expected=("WebSocket connection to",))
    come(laptop)
    realtime.stop()
    expect(mark(laptop.page, "Not live")).to_have_accessible_description(
        re.compile("every half minute. The service starts again")
    )


@pytest.mark.slow
def test_devices_agree_again_whatever_becomes_of_valkey(valkey, serve, two_devices):  # noqa: F811  (the fixture, by its name)
    """Caught: no sweep, and hints that were never heard again."""
    services = serve(REDIS_URL=valkey.url, REALTIME_SWEEP_SECONDS="1")
    laptop, phone = two_devices(*services)
    come(laptop, phone)
    with redis.from_url(valkey.url) as client:
        client.flushall()
    laptop.start()
    sees_session(phone.page)
    valkey.stop()
    give_up(phone.page)
    laptop.sees_start()
    valkey.start()
    laptop.start(minutes=45)
    sees_session(phone.page, 45)
    for device in (laptop, phone):
        expect(mark(device.page)).to_be_visible()
