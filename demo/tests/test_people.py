from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from accounts.models import USERNAME_PATTERN
from accounts.zones import ZONE_NAMES
from demo import habits, home_zones
from demo.ids import uuid7_at
from demo.people import Crowd
from demo.usernames import COMBINATIONS, FIRST, LAST, Usernames

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def usernames(seed, count):
    return [Usernames.of(seed).at(index) for index in range(count)]


def test_names_are_each_there_once():
    assert len(set(FIRST)) == len(FIRST)
    assert len(set(LAST)) == len(LAST)


def test_usernames_never_repeat_within_a_seed():
    names = usernames(7, 3 * COMBINATIONS)
    assert len({name.lower() for name in names}) == len(names)


def test_usernames_of_another_seed_are_other_ones():
    assert not {*usernames(7, 20_000)} & {*usernames(8, 20_000)}


def test_usernames_are_allowed():
    assert all(map(USERNAME_PATTERN.match, usernames(2**31 - 1, 20_000)))


def test_zones_are_known_and_some_are_odd():
    assert set(home_zones.NAMES) <= ZONE_NAMES
    assert {"Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati"} <= {
        *home_zones.NAMES
    }


def test_habits_share_out_a_thousand_people():
    assert habits.CUMULATIVE[-1] == 1000


@pytest.mark.parametrize("moment", [NOW, datetime(1999, 12, 31, tzinfo=UTC)])
def test_uuid7_carries_its_moment(moment):
    [(_, rng)] = Crowd(1, 1, 1, NOW)
    made = uuid7_at(moment, rng)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(moment.timestamp() * 1000)


def test_crowd_signs_up_in_order_over_the_days():
    moments = [person.created_at for person, _ in Crowd(100, 30, 1, NOW)]
    assert moments == sorted(moments)
    assert moments[0] >= NOW - timedelta(days=30)
    assert moments[0] < NOW - timedelta(days=29)
    assert NOW - timedelta(days=1) < moments[-1] < NOW


def test_crowd_is_the_same_again_and_another_with_another_seed():
    def crowd(seed):
        return [person for person, _ in Crowd(50, 30, seed, NOW)]

    assert crowd(1) == crowd(1)
    assert crowd(1) != crowd(2)


def test_crowd_lives_in_many_zones_and_habits():
    people = [person for person, _ in Crowd(1000, 30, 1, NOW)]
    assert len({person.zone for person in people}) > 30
    assert {person.habit for person in people} == {*habits.HABITS}


def test_crowd_of_millions_is_walked_one_at_a_time():
    crowd = Crowd(10**7, 30, 1, NOW)
    assert len(list(islice(crowd, 3))) == 3
