"""Boards that are read while everything moves: each answer is right in itself."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.devices.one_door import open_device
from accounts.tests.factories import UserFactory
from leaderboard import counting
from sessions_app.tests.factories import FocusSessionFactory
from tests.live.harness.burst import burst
from tests.live.harness.stack import Request

PEOPLE, ROUNDS = 30, 3
SCORES = {
    "xp": "xp_points",
    "sessions": "total_sessions",
    "streak": "best_streak",
    "focus-time": "total_focus_min",
}


@pytest.mark.row("C12")
def test_every_page_is_sorted_and_ranks_agree_while_scores_move(stack):
    """Caught: ranks and own rank from two statements (they disagree in between)."""
    people = [open_device(user=UserFactory()) for _ in range(PEOPLE)]
    done, answers = threading.Event(), []

    def poll(number):
        while not done.is_set():
            for board in SCORES:
                token = people[number].access_token
                path = f"/api/leaderboard/{board}?limit=100"
                answer = stack.send(Request("GET", path, token=token))
                answers.append((board, people[number].user, answer.json()))

    with ThreadPoolExecutor(2) as pool:
        polling = [pool.submit(poll, number) for number in (0, PEOPLE - 1)]
        try:
            for round_ in range(1, ROUNDS + 1):
                sessions = [
                    FocusSessionFactory(
                        user=one.user,
                        duration_min=25,
                        created_at=timezone.now() - timedelta(minutes=round_ + n),
                    )
                    for n, one in enumerate(people)
                ]
                counting.fold()
                burst(
                    stack,
                    [
                        Request(
                            "PATCH",
                            f"/api/sessions/{session.pk}",
                            {"completed": True},
                            one.access_token,
                        )
                        for session, one in zip(sessions, people, strict=True)
                    ],
                )
        finally:
            done.set()
        for poller in polling:
            poller.result()
    assert len({str(page) for _, _, page in answers}) > len(SCORES)
    for board, user, page in answers:
        rows = page["leaderboard"]
        scores = [row[SCORES[board]] for row in rows]
        assert scores == sorted(scores, reverse=True)
        assert [row["rank"] for row in rows] == [
            1 + sum(other > score for other in scores) for score in scores
        ]
        own = [row["rank"] for row in rows if row["user_id"] == str(user.pk)]
        if own:
            assert own == [page["current_user_rank"]]
