from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import services
from focusguard.db.tests.elsewhere import held_elsewhere
from leaderboard import boards
from leaderboard.models import RankChange, RankCount

pytestmark = pytest.mark.django_db


def run(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


def test_fold_then_verify(alice, bob):
    services.set_xp(user_id=alice.pk, xp=9)
    assert run("fold_leaderboards") == "3 counts written\n"
    assert not RankChange.objects.exists()
    assert run("fold_leaderboards") == "0 counts written\n"
    assert run("verify_leaderboards") == "3 counts compared, 0 differences\n"


def test_verify_counts_what_is_not_folded(alice):
    services.set_xp(user_id=alice.pk, xp=9)
    assert run("verify_leaderboards") == "3 counts compared, 0 differences\n"
    assert RankChange.objects.exists()


def test_verify_lists_each_count_that_is_wrong_and_rebuild_repairs(alice, bob):
    services.set_xp(user_id=alice.pk, xp=300)
    run("fold_leaderboards")
    RankCount.objects.filter(level=1).update(users=5)
    RankCount.objects.create(board=boards.STREAK.number, level=0, bucket=4, users=1)
    out = StringIO()
    with pytest.raises(CommandError, match="not those of the tables"):
        call_command("verify_leaderboards", stdout=out)
    *lines, last = out.getvalue().splitlines()
    assert sorted(lines) == [
        "streak 4: counted 1, stored 0",
        "xp 256-511: counted 5, stored 1",
    ]
    assert last == "4 counts compared, 2 differences"
    assert run("rebuild_leaderboards") == "3 counts written\n"
    assert run("verify_leaderboards") == "3 counts compared, 0 differences\n"


@pytest.mark.django_db(transaction=True)
def test_second_fold_at_once_leaves_it_to_the_first(alice):
    services.set_xp(user_id=alice.pk, xp=9)
    with held_elsewhere("fold_leaderboards"):
        assert "Another fold_leaderboards is running" in run("fold_leaderboards")
    assert RankChange.objects.exists()
