import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.tests.factories import UserFactory
from leaderboard import counting, selectors
from leaderboard.boards import BOARDS, Entry
from leaderboard.tests.factories import figures, scorer
from stats.models import UserStats
from stats.tests.factories import UserStatsFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.slug),
]


@pytest.fixture(params=["pending", "folded", "partly"])
def standings(request):
    """Ask for a page, while changes are pending, or folded, or each at times."""
    asked = 0

    def ask(board, user=None, limit=100, offset=0):
        nonlocal asked
        asked += 1
        if request.param == "folded" or (request.param == "partly" and asked % 2):
            counting.fold()
        user_id = user.pk if user else uuid.uuid4()
        return selectors.standings(board, user_id=user_id, limit=limit, offset=offset)

    return ask


# Few different scores, so that ties are common: 0, and some beside the borders of the
# buckets of each level.
SCORES = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 2, 255, 256, 65_535, 65_536, 2**31 - 1]),
        st.sampled_from(["listed", "listed", "hidden", "gone", "awaiting"]),
    ),
    min_size=1,
    max_size=12,
)
STANDING = {
    "listed": {},
    "hidden": {"leaderboard_visible": False},
    "gone": {"is_active": False},
    "awaiting": {"awaits_verification": True},
}


def ranks(found):
    return [(entry.rank, entry.score) for entry in found.entries]


def test_standings_of_nobody(standings, board):
    found = standings(board)
    assert (found.entries, found.own_rank, found.total) == ([], None, 0)


def test_entry_names_its_user(standings, board):
    user = scorer(board, 7, lvl=3)
    assert standings(board).entries == [Entry(1, user.pk, user.username, 3, None, 7)]


def test_equal_scores_share_a_rank_by_user_id(standings, board):
    low, *tied, high = [scorer(board, score) for score in (1, 5, 5, 9)]
    found = standings(board).entries
    assert [(entry.rank, entry.score) for entry in found] == [
        (1, 9),
        (2, 5),
        (2, 5),
        (4, 1),
    ]
    expected = [high.pk, *sorted(user.pk for user in tied), low.pk]
    assert [entry.user_id for entry in found] == expected


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_ties_are_ordered_by_id_not_by_the_order_of_writing(standings, board, limit):
    ids = [uuid.UUID(int=number) for number in (4, 1, 5, 2, 3)]
    for user_id in ids:
        scorer(board, 5, id=user_id)
    pages = [
        standings(board, limit=limit, offset=offset).entries
        for offset in range(0, 5, limit)
    ]
    found = [entry.user_id for page in pages for entry in page]
    assert found == sorted(ids)


@pytest.mark.parametrize(
    ("limit", "offset", "expected"),
    [
        (2, 0, [(1, 9), (2, 5)]),
        (2, 2, [(2, 5), (2, 5)]),
        (2, 3, [(2, 5), (5, 1)]),
        (1, 4, [(5, 1)]),
        (9, 1, [(2, 5), (2, 5), (2, 5), (5, 1)]),
        (2, 5, []),
        (2, 999, []),
    ],
)
def test_page_that_cuts_through_a_tie_keeps_its_rank(
    standings, board, limit, offset, expected
):
    for score in (9, 5, 5, 5, 1):
        scorer(board, score)
    found = standings(board, limit=limit, offset=offset)
    assert [(entry.rank, entry.score) for entry in found.entries] == expected
    assert found.total == 5


def test_page_past_the_end_still_knows_the_own_rank(standings, board):
    scorer(board, 9)
    user = scorer(board, 5)
    found = standings(board, user, offset=50)
    assert (found.entries, found.own_rank, found.total) == ([], 2, 2)


@pytest.mark.parametrize(("score", "rank"), [(9, 1), (5, 2), (4, 4), (0, None)])
def test_own_rank_follows_the_rule_of_the_list(standings, board, score, rank):
    for other in {9, 5, 1} - {score}:
        scorer(board, other)
    scorer(board, 5)
    user = scorer(board, score)
    assert standings(board, user).own_rank == rank


def test_user_who_scores_nothing_is_not_listed(standings, board):
    user = scorer(board, 0)
    found = standings(board, user)
    assert (found.entries, found.own_rank, found.total) == ([], None, 0)


def test_user_without_a_row_has_no_rank(standings, board):
    scorer(board, 5)
    found = standings(board, UserFactory())
    assert (len(found.entries), found.own_rank, found.total) == (1, None, 1)


@pytest.mark.parametrize("standing", ["hidden", "gone"])
@pytest.mark.parametrize(("score", "rank"), [(9, 1), (5, 1), (4, 2), (0, None)])
def test_user_who_is_not_listed_has_a_rank_of_their_own(
    standings, board, standing, score, rank
):
    listed = scorer(board, 5)
    user = scorer(board, score, **STANDING[standing])
    for asking in (listed, user):
        found = standings(board, asking)
        assert [entry.user_id for entry in found.entries] == [listed.pk]
        assert found.total == 1
    assert standings(board, user).own_rank == rank


@pytest.mark.parametrize("standing", ["hidden", "gone"])
def test_user_who_is_not_listed_takes_no_place(standings, board, standing):
    scorer(board, 9, **STANDING[standing])
    user = scorer(board, 5)
    assert standings(board, user).own_rank == 1
    assert ranks(standings(board)) == [(1, 5)]


def test_staff_are_ranked_like_everybody(standings, board):
    scorer(board, 5, is_staff=True)
    assert ranks(standings(board)) == [(1, 5)]


def populate(board, people):
    """Store people of (score, standing) in bulk; return them as they were stored."""
    users = [
        UserFactory.build(
            # Not in the order of writing: 5, 10, 2, 7, 12, 4, …
            id=uuid.UUID(int=5 * (number + 1) % 13),
            username=f"scorer-{number}",
            email=f"scorer-{number}@focusguard.test",
            password="",
            xp_points=score if board.source == "users" else 0,
            **STANDING[standing],
        )
        for number, (score, standing) in enumerate(people)
    ]
    User.objects.bulk_create(users)
    if board.source == "user_stats":
        UserStats.objects.bulk_create(
            UserStatsFactory.build(user=user, **figures(board, score))
            for user, (score, _) in zip(users, people, strict=True)
        )
    return [
        (user, score, standing == "listed")
        for user, (score, standing) in zip(users, people, strict=True)
    ]


def naive_rank(score, listed):
    """Return one more than those who score higher, counted one by one; None for 0."""
    return 1 + sum(other > score for _, other in listed) if score else None


@settings(
    max_examples=10,  # of each board and state of the counts
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(people=SCORES, limit=st.integers(1, 8), offset=st.integers(0, 14))
def test_standings_equal_a_naive_ranking(standings, board, people, limit, offset):
    with transaction.atomic():
        stored = populate(board, people)
        listed = sorted(
            ((user, score) for user, score, seen in stored if seen and score),
            key=lambda entry: (-entry[1], entry[0].pk),
        )
        expected = [
            Entry(
                naive_rank(score, listed), user.pk, user.username, user.lvl, None, score
            )
            for user, score in listed
        ]
        for user, score, _ in stored:
            found = standings(board, user, limit=limit, offset=offset)
            assert found.entries == expected[offset : offset + limit]
            assert found.own_rank == naive_rank(score, listed)
            assert found.total == len(expected)
        transaction.set_rollback(True)
