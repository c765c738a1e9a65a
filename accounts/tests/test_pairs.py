"""A refresh token that comes again: an answer that was lost, two tabs, or a thief."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.devices.pairs import AT_ONCE, LOST_ANSWER, MOST_IN_A_ROW, REUSE_GRACE
from accounts.models import AuthSession, SecurityEvent
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
REUSED = (401, "TOKEN_REUSED")
INVALID = (401, "TOKEN_INVALID")
HOME, TRAIN = "203.0.113.7", "198.51.100.9"
PHONE, OTHER = "FocusPhone/3.1", "curl/8.9"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def spend(anonymous):
    """Refresh; return the pair, or what was answered instead."""

    def _spend(token, address=HOME, agent=PHONE):
        answer = anonymous.post(
            "/api/auth/refresh",
            {"refresh_token": token},
            REMOTE_ADDR=address,
            headers={"User-Agent": agent},
        )
        if answer.status_code != 200:
            return refusal(answer)
        body = answer.json()
        return body["access_token"], body["refresh_token"]

    return _spend


@pytest.fixture
def use(anonymous):
    """Ask something with an access token; return None, or how it was refused."""

    def _use(token):
        answer = anonymous.get(
            "/api/users/me", HTTP_AUTHORIZATION=f"Bearer {token}", REMOTE_ADDR=HOME
        )
        return None if answer.status_code == 200 else refusal(answer)

    return _use


@pytest.fixture
def old(clock, as_alice):
    """A refresh token that counts, of a device that asked nothing yet."""
    return as_alice.signed_in.refresh_token


def kinds():
    return list(SecurityEvent.objects.order_by("at", "id").values_list("kind", flat=1))


def assert_ended(spend, use, *pairs):
    for access, refresh in pairs:
        assert use(access)[0] == 401
        assert spend(refresh) == INVALID
    assert kinds()[-1] == "token_reused"


@pytest.mark.parametrize("after", [9 * SECOND, 11 * SECOND, MINUTE, 59 * MINUTE])
@pytest.mark.parametrize("address", [HOME, TRAIN])
def test_answer_that_was_lost_is_given_again(clock, old, spend, use, after, address):
    _, lost = spend(old)
    clock.shift(after)
    access, refresh = spend(old, address)
    assert refresh == lost
    assert use(access) is None
    assert use(spend(refresh, address)[0]) is None


def test_answer_that_was_lost_again_and_again_is_given_again(clock, old, spend, use):
    answers = []
    for _ in range(5):
        answers.append(spend(old))
        clock.shift(5 * MINUTE)
    assert len({refresh for _, refresh in answers}) == 1
    access, refresh = answers[-1]
    assert use(access) is None
    # And the next answer is lost too.
    spend(refresh)
    clock.shift(5 * MINUTE)
    assert use(spend(refresh)[0]) is None


@pytest.mark.parametrize("use_of", ["access token", "refresh token"])
def test_thief_of_the_old_token_is_found_once_the_new_pair_was_used(
    clock, old, spend, use, use_of
):
    access, refresh = spend(old)
    newest = access, refresh
    if use_of == "access token":
        assert use(access) is None
    else:
        newest = spend(refresh)
    clock.shift(REUSE_GRACE)
    assert spend(old) == REUSED
    assert_ended(spend, use, (access, refresh), newest)


def test_thief_who_refreshed_first_is_found_once_the_owner_comes(
    clock, old, spend, use
):
    stolen = spend(old, TRAIN)
    assert use(stolen[0]) is None
    clock.shift(10 * MINUTE)
    assert spend(old) == REUSED
    assert_ended(spend, use, stolen)


def test_lost_answer_is_given_again_for_an_hour_at_most(clock, old, spend, use):
    lost = spend(old)
    clock.shift(LOST_ANSWER)
    assert spend(old) == REUSED
    assert_ended(spend, use, lost)


def test_lost_answer_is_given_to_the_agent_alone_that_asked(clock, old, spend, use):
    lost = spend(old)
    clock.shift(SECOND)
    assert spend(old, agent=OTHER) == REUSED
    assert_ended(spend, use, lost)


def test_two_tabs_of_a_browser_get_one_pair(clock, old, spend, use):
    access, refresh = spend(old)
    assert use(access) is None
    clock.shift(REUSE_GRACE - SECOND)
    other_access, other_refresh = spend(old)
    assert other_refresh == refresh
    assert use(access) is use(other_access) is None


def test_network_of_ipv6_is_one_browser(clock, old, spend, use):
    access, refresh = spend(old, "2001:db8::1")
    assert use(access) is None
    assert spend(old, "2001:db8::2")[1] == refresh
    assert spend(old, "2001:db8:0:1::2") == REUSED


@pytest.mark.parametrize("other", [{"address": TRAIN}, {"agent": OTHER}])
def test_grace_of_the_tabs_is_for_one_browser_alone(clock, old, spend, use, other):
    pair = spend(old)
    assert use(pair[0]) is None
    assert spend(old, **other) == REUSED
    assert_ended(spend, use, pair)


def test_thief_who_keeps_quiet_between_lost_answers_is_found_at_the_first_use(
    clock, old, spend, use
):
    """The thief refreshes first each time, and the owner seems to have lost an answer."""
    quiet, refresh = spend(old)
    clock.shift(MINUTE)
    owners, same = spend(old)
    assert same == refresh
    assert use(owners) is None
    # A pair later, his token is as old as it is dead.
    next_quiet, next_refresh = spend(refresh)
    clock.shift(MINUTE)
    owners = spend(refresh)
    assert use(owners[0]) is None
    assert use(quiet) == INVALID
    assert_ended(spend, use, owners, (next_quiet, next_refresh))


def test_owner_who_has_the_answer_that_somebody_took_for_lost_finds_the_thief(
    clock, old, spend, use
):
    owners = spend(old)
    clock.shift(MINUTE)
    stolen = spend(old, TRAIN)
    assert stolen[1] == owners[1]
    assert use(owners[0]) == INVALID
    assert_ended(spend, use, owners, stolen)


def test_thief_who_follows_within_the_grace_is_ended_by_the_count(
    clock, old, spend, use
):
    token = old
    for _ in range(MOST_IN_A_ROW):
        _, refresh = spend(token)
        clock.shift(AT_ONCE)
        assert spend(token)[1] == refresh
        clock.shift(15 * MINUTE)
        token = refresh
    pair = spend(token)
    clock.shift(AT_ONCE)
    assert spend(token) == REUSED
    assert_ended(spend, use, pair)
    assert kinds() == ["token_repeated"] * (MOST_IN_A_ROW + 1) + ["token_reused"]


def test_thief_who_follows_at_once_is_counted_where_the_owner_used_the_pair(
    old, spend, use
):
    token = old
    for _ in range(MOST_IN_A_ROW):
        access, refresh = spend(token)
        assert use(access) is None
        assert spend(token)[1] == refresh
        token = refresh
    access, _ = spend(token)
    assert use(access) is None
    assert spend(token) == REUSED


def test_count_begins_anew_after_a_pair_that_nobody_asked_for_again(clock, old, spend):
    token = old
    for n in range(3 * MOST_IN_A_ROW):
        _, refresh = spend(token)
        if n % MOST_IN_A_ROW:
            clock.shift(AT_ONCE)
            assert spend(token)[1] == refresh
        clock.shift(15 * MINUTE)
        token = refresh


def test_tabs_that_refresh_at_once_may_do_so_each_time(clock, old, spend):
    token = old
    for _ in range(3 * MOST_IN_A_ROW):
        answers = {spend(token)[1] for _ in range(6)}
        (token,) = answers
        clock.shift(15 * MINUTE)


def test_repeated_answer_is_written_down_once_for_each_pair(clock, old, spend):
    _, refresh = spend(old)
    assert kinds() == []
    for _ in range(3):
        spend(old)
        clock.shift(2 * SECOND)
    spend(refresh)
    spend(refresh)
    assert kinds() == ["token_repeated"] * 2
    event = SecurityEvent.objects.first()
    assert event.device_id == AuthSession.objects.get().pk
    assert (event.address, event.user_agent) == (HOME, PHONE)


def test_machine_whose_clock_is_behind_gives_an_answer_again(clock, old, spend, use):
    access, refresh = spend(old)
    assert use(access) is None
    clock.shift(-15 * SECOND)
    assert spend(old)[1] == refresh


def test_use_of_a_new_pair_is_noted_once(old, spend, use):
    access, _ = spend(old)
    statements = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert use(access) is None
        statements.append(len(asked))
    assert statements == [3, 1, 1]


def test_device_that_lost_an_answer_asks_no_more_than_others(clock, old, spend, use):
    spend(old)
    clock.shift(MINUTE)
    access, _ = spend(old)
    assert use(access) is None
    with CaptureQueriesContext(connection) as asked:
        assert use(access) is None
    assert len(asked) == 1


def test_use_of_an_older_access_token_is_no_use_of_the_new_pair(
    clock, as_alice, old, spend
):
    _, refresh = spend(old)
    assert as_alice.get("/api/users/me").status_code == 200
    clock.shift(MINUTE)
    assert spend(old)[1] == refresh


@pytest.mark.django_db(transaction=True)
def test_database_that_only_reads_is_read_with_a_new_pair(old, spend, use):
    access, _ = spend(old)
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        try:
            assert use(access) is None
        finally:
            cursor.execute("SET default_transaction_read_only = off")
    assert not AuthSession.objects.get().confirmed


def test_list_of_devices_says_where_each_was_used_last(old, spend, anonymous):
    access, _ = spend(old, TRAIN)
    answer = anonymous.get("/api/auth/devices", HTTP_AUTHORIZATION=f"Bearer {access}")
    (device,) = answer.json()["devices"]
    assert (device["ip"], device["user_agent"]) == (TRAIN, PHONE)
