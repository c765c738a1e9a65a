import pytest

from leaderboard.boards import BOARDS
from leaderboard.tests.factories import scorer
from tests.harness.answers import refusal

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.slug),
]


def url(board, query=""):
    return f"/api/leaderboard/{board.slug}{query}"


def test_board_wants_a_token(anonymous, board):
    response = anonymous.get(url(board))
    assert refusal(response) == (401, "NOT_AUTHENTICATED")
    assert response["WWW-Authenticate"] == "Bearer"


def test_board_answers_the_shape_of_the_seed(sign_in, board):
    first = scorer(board, 50, username="eve_learn", lvl=10)
    second = scorer(board, 32, username="charlie_dev", lvl=8)
    response = sign_in(second).get(url(board))
    assert response.status_code == 200
    assert response.json() == {
        "leaderboard": [
            {
                "rank": 1,
                "user_id": str(first.pk),
                "username": "eve_learn",
                "lvl": 10,
                board.figure: 50,
            },
            {
                "rank": 2,
                "user_id": str(second.pk),
                "username": "charlie_dev",
                "lvl": 8,
                board.figure: 32,
            },
        ],
        "current_user_rank": 2,
        "total_users": 2,
    }


def test_board_of_nobody(as_alice, board):
    assert as_alice.get(url(board)).json() == {
        "leaderboard": [],
        "current_user_rank": None,
        "total_users": 0,
    }


def test_board_shows_ten_by_default(as_alice, board):
    for score in range(1, 13):
        scorer(board, score)
    body = as_alice.get(url(board)).json()
    assert [entry["rank"] for entry in body["leaderboard"]] == list(range(1, 11))
    assert body["total_users"] == 12


def test_board_pages_by_limit_and_offset(as_alice, board):
    for score in range(1, 6):
        scorer(board, score)
    body = as_alice.get(url(board, "?limit=2&offset=3")).json()
    assert [(entry["rank"], entry[board.figure]) for entry in body["leaderboard"]] == [
        (4, 2),
        (5, 1),
    ]


@pytest.mark.parametrize("query", ["?limit=1", "?limit=100", "?offset=0", "?offset=99"])
def test_board_takes_the_ends_of_the_range(as_alice, board, query):
    assert as_alice.get(url(board, query)).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "?limit=0",
        "?limit=101",
        "?limit=-1",
        "?limit=ten",
        "?limit=1.5",
        "?limit=",
        "?offset=-1",
        "?offset=x",
        "?offset=" + "9" * 30,
        "?limit=5&limit=6",
    ],
)
def test_board_refuses_a_bad_page(as_alice, board, query):
    assert refusal(as_alice.get(url(board, query))) == (400, "INVALID_PARAMETER")


def test_hiding_takes_a_user_off_the_board_and_leaves_their_rank(
    as_alice, sign_in, board
):
    scorer(board, 9)
    hidden = scorer(board, 5)
    client = sign_in(hidden)
    response = client.put("/api/users/me", {"leaderboard_visible": False})
    assert response.json()["leaderboard_visible"] is False
    for asking in (client, as_alice):
        body = asking.get(url(board)).json()
        assert [entry[board.figure] for entry in body["leaderboard"]] == [9]
        assert body["total_users"] == 1
    assert client.get(url(board)).json()["current_user_rank"] == 2


def test_deleting_an_account_takes_it_off_the_board(as_alice, sign_in, board):
    gone = scorer(board, 9)
    assert sign_in(gone).delete("/api/users/me").status_code == 204
    assert as_alice.get(url(board)).json()["total_users"] == 0


def test_board_answers_under_its_version_too(as_alice, board):
    scorer(board, 9)
    versioned = as_alice.get(url(board).replace("/api/", "/api/v1/"))
    assert versioned.json() == as_alice.get(url(board)).json()
