"""API tokens that are made, used and removed at once, on two workers."""

from collections import Counter

import pytest

from accounts.devices import auth_services
from identity.api_tokens import services
from identity.api_tokens.exceptions import ENDED, MOST_TOKENS
from identity.models import ApiToken
from identity.tests.tokens_of_programs import ApiTokenFactory, program
from sessions_app.models import FocusSession
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request
from tests.live.races.test_account_races import answered_after

pytestmark = pytest.mark.slow

TIMER = {"name": "Timer", "scopes": ["sessions:read"], "expires_in_days": 30}


def statuses(answers):
    return Counter(answer.status_code for answer in answers)


def ask(text, method="GET", path="/users/me", body=None):
    return Request(method, f"/api{path}", body, token=text)


@pytest.mark.row("ID30")
@pytest.mark.parametrize("dammed", [False, True])
def test_fifty_racers_make_the_twentieth_token_and_no_other(
    stack, alice, signed_in, dammed
):
    """Caught: counting the tokens before the user's lock (10 of 50 got one, 15 at the dam)."""
    ApiTokenFactory.create_batch(MOST_TOKENS - 1, user=alice)
    make = ask(signed_in.access_token, "POST", "/auth/api-tokens", TIMER)
    answers = burst(stack, [make] * 50, behind=Dam(alice) if dammed else None)
    assert statuses(answers) == {201: 1, 409: 49}
    refused = {refusal(answer) for answer in answers if answer.status_code == 409}
    assert refused == {(409, "TOO_MANY_TOKENS")}
    assert ApiToken.objects.for_user(alice.pk).count() == MOST_TOKENS


@pytest.mark.row("ID31")
def test_a_removed_token_opens_nothing_on_either_worker(stack, alice, signed_in):
    """Caught: a token that a worker keeps in memory by its text."""
    timer = program(alice)
    assert statuses(burst(stack, [ask(timer.text)] * 50)) == {200: 50}
    path = f"/auth/api-tokens/{timer.token.pk}"
    removed = stack.send(ask(signed_in.access_token, "DELETE", path))
    assert removed.status_code == 204
    answers = burst(stack, [ask(timer.text)] * 50)
    assert {refusal(answer) for answer in answers} == {(401, "TOKEN_INVALID")}


@pytest.mark.row("ID32")
@pytest.mark.parametrize("how", ["removed", "everywhere"])
def test_what_a_removed_token_began_and_waits_is_not_written(stack, alice, how):
    """Caught: a write that looks at the user alone once it has the lock (201)."""
    timer = program(alice)

    def end():
        if how == "removed":
            services.revoke_token(user_id=alice.pk, token_id=timer.token.pk)
        else:
            auth_services.log_out_everywhere(user=alice)

    start = ask(timer.text, "POST", "/sessions", {"duration_min": 25})
    answer = answered_after(stack, start, end)
    assert refusal(answer) == (401, "TOKEN_INVALID")
    assert answer.json()["detail"]["message"] == ENDED
    assert not FocusSession.objects.exists()
