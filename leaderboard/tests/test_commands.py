from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import services
from focusguard.counters import valkey
from leaderboard import building, ranking
from leaderboard.models import Ranking
from leaderboard.sorted_sets import SortedSets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_valkey(settings):
    settings.BOARDS_IN_VALKEY = True


def run(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


def test_rebuild_then_verify(alice, bob):
    services.set_xp(user_id=alice.pk, xp=9)
    assert run("rebuild_leaderboards") == "2 users ranked\n"
    assert run("verify_leaderboards") == "2 users compared, 0 differences\n"


def test_rebuild_twice_at_once_is_refused():
    ranking.claim()
    with pytest.raises(CommandError, match="being built already"):
        run("rebuild_leaderboards")


def test_commands_say_that_postgres_answers(settings):
    settings.BOARDS_IN_VALKEY = False
    with pytest.raises(CommandError, match="REDIS_URL"):
        run("rebuild_leaderboards")
    assert "Postgres answers" in run("verify_leaderboards")


def test_verify_says_where_no_ranking_is_in_use(alice):
    with pytest.raises(CommandError, match="rebuild_leaderboards"):
        run("verify_leaderboards")


def test_verify_applies_what_is_pending_first(alice):
    building.build()
    services.set_xp(user_id=alice.pk, xp=9)
    assert "0 differences" in run("verify_leaderboards")


def test_verify_lists_a_wrong_place_and_one_of_nobody(alice, bob):
    services.set_xp(user_id=alice.pk, xp=9)
    building.build()
    sets = SortedSets(Ranking.objects.get().generation)
    nobody = "00000000-0000-0000-0000-000000000009"
    client = valkey.client()
    client.zadd(sets._listed[0], {alice.pk.bytes: -8})
    client.zadd(sets._unlisted[1], {bob.pk.bytes: -3})
    client.zadd(sets._unlisted[2], {b"\x00" * 15 + b"\x09": -4})
    out = StringIO()
    with pytest.raises(CommandError, match="not those of the tables"):
        call_command("verify_leaderboards", stdout=out)
    assert out.getvalue().splitlines() == [
        *sorted(
            [
                f"{alice.pk} xp: ranked 8, stored 9",
                f"{bob.pk} focus-time: ranked 3 unlisted, stored 0",
            ]
        ),
        f"{nobody} streak: ranked 4 unlisted, stored 0",
        "2 users compared, 3 differences",
    ]
