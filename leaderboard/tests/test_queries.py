import pytest

from leaderboard.boards import BOARDS
from leaderboard.tests.factories import scorer
from tests.harness.statements import statements

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.slug),
]


def test_board_queries(as_alice, board, django_assert_num_queries):
    scorer(board, 9)
    # The device with its user; page, ranks and counts in one statement.
    with django_assert_num_queries(2):
        as_alice.get(f"/api/leaderboard/{board.slug}")


@pytest.mark.row("L04")
def test_board_queries_do_not_scale_with_users(as_alice, board):
    path = f"/api/leaderboard/{board.slug}?limit=100"
    scorer(board, 9)
    with_one = statements(as_alice, path)
    for score in range(1, 31):
        scorer(board, score)
    assert statements(as_alice, path) == with_one
