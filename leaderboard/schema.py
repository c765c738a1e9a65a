"""The examples of the seed (docs/contract.md) for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample

FIRST = {
    "rank": 1,
    "user_id": "e5555555-5555-5555-5555-555555555555",
    "username": "eve_learn",
    "lvl": 10,
}
SECOND = {
    "rank": 2,
    "user_id": "c3333333-3333-3333-3333-333333333333",
    "username": "charlie_dev",
    "lvl": 8,
}


def board_example(figure: str, first: int, second: int) -> OpenApiExample:
    """Show the first two of a board that ranks by `figure`."""
    return OpenApiExample(
        "The first two of a hundred",
        value={
            "leaderboard": [FIRST | {figure: first}, SECOND | {figure: second}],
            "current_user_rank": 5,
            "total_users": 100,
        },
        response_only=True,
    )
