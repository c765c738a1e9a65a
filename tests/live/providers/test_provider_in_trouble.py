"""Providers that hang, trickle, redirect or flood, and who suffers from it: nobody else."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import pytest
from django.db import connection

from accounts.devices.one_door import open_device
from tests.harness.answers import refusal
from tests.live.harness.stack import WORKERS, Request
from tests.live.providers.browser import Browser
from tests.live.providers.lying import TROUBLES

pytestmark = pytest.mark.slow

AWAY = "/sign-in?error=PROVIDER_AWAY"
# All is given up after 5 s; what is not ends never, or after many time-outs. Others are
# answered within some milliseconds, and on a busy machine within what is far from 3 s.
LONGEST, OTHERS = 8.0, 0.5


@pytest.fixture
def stack(provided_stack, unharmed):
    return unharmed(provided_stack, busy=True)


def idle_in_transaction():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND state LIKE 'idle in transaction%%'"
        )
        return cursor.fetchone()[0]


@pytest.mark.row("ID27")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_start_at_a_provider_in_trouble_is_a_503_within_seconds(
    browser, liar, trouble
):
    """Caught: a time-out of each read alone, which a byte now and then resets."""
    began = time.monotonic()
    path = f"/api/auth/oauth/{trouble}/start"
    answer = browser.ask("POST", path, {"intent": "sign_in"})
    assert time.monotonic() - began < LONGEST
    assert refusal(answer) == (503, "PROVIDER_AWAY")
    assert int(answer.headers["Retry-After"]) > 0
    assert "internal" not in liar.asked()
    assert not browser.cookies


@pytest.mark.row("ID27")
@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("where", ["token", "me"])
def test_a_callback_of_a_provider_in_trouble_is_a_page_within_seconds(
    browser, liar, where, trouble
):
    """Caught: three time-outs, one after the other, and a redirect that is followed."""
    back = browser.sent_back(browser.start("lying"))
    liar.say({"trouble": {where: trouble}, "claims": {"email": None}})
    began = time.monotonic()
    assert browser.come_back(back) == AWAY
    assert time.monotonic() - began < LONGEST
    assert "internal" not in liar.asked()


@pytest.mark.row("ID27")
def test_keys_that_cannot_be_fetched_sign_nobody_in(browser, liar):
    """The keys that a worker has are good for an hour; a new name has them asked for."""
    for trouble in ("html", "redirect"):
        back = browser.sent_back(browser.start("lying"))
        liar.say({"trouble": {"jwks": trouble}, "header": {"kid": "new"}})
        assert browser.come_back(back) in (AWAY, "/sign-in?error=OAUTH_REFUSED")


@pytest.mark.row("ID27")
def test_nobody_else_waits_for_a_provider_that_hangs(browser, liar, stack, alice):
    """Caught: a provider that is asked in a transaction, and one that takes all threads
    of a worker: the profile then waits as long as it hangs."""
    token = open_device(user=alice).access_token
    backs = []
    for _ in range(16):
        one = Browser(stack)
        backs.append(one.request("GET", one.sent_back(one.start("lying"))))
    liar.say({"trouble": {"token": "hang"}})
    done, waits = Event(), []

    def look():
        with closing(stack.connect()) as client:
            while not done.is_set():
                began = time.monotonic()
                request = Request("GET", "/api/users/me", None, token)
                assert stack.send(request, client).status_code == 200
                waits.append(time.monotonic() - began)
                assert idle_in_transaction() == 0
        connection.close()

    began = time.monotonic()
    with ThreadPoolExecutor(17) as pool:
        looking = pool.submit(look)
        answers = [
            one.result()
            for one in [pool.submit(timed, stack, request) for request in backs]
        ]
        took = time.monotonic() - began
        done.set()
        looking.result()
    assert {answer.headers["Location"].endswith(AWAY) for answer, _ in answers} == {
        True
    }
    assert took < LONGEST + 1
    # Two of each worker waited; all the others were told at once.
    waited = [seconds for _, seconds in answers if seconds > 3]
    assert len(waited) <= 2 * WORKERS
    assert liar.asked().count("token") <= 2 * WORKERS
    # The median: a machine that is busy may be slow once.
    assert sorted(waits)[len(waits) // 2] < OTHERS


def timed(stack, request):
    began = time.monotonic()
    return stack.send(request), time.monotonic() - began
