"""The scope walk: every route by every scope of an API token; what is declared opens alone."""

import json

import pytest
from django.db import transaction
from django.urls import get_resolver

from focusguard.api.scopes import Scope
from focusguard.api.tests.test_schema import routes
from focusguard.api.views import ApiViewSet
from identity.tests.tokens_of_programs import program
from tests.harness.answers import refusal
from tests.harness.valid_requests import SIGNED_IN, valid_body

pytestmark = pytest.mark.django_db

CLOSED = (403, "SCOPE_MISSING")
# What a program may ask, by hand: the document is made from what the views declare, and a
# scope that slips onto a route would be declared there as well.
OPEN = {
    "profile:read": {"GET /api/users/me", "GET /api/users/me/preferences"},
    "sessions:read": {
        "GET /api/sessions",
        "GET /api/sessions/active",
        "GET /api/sessions/now",
        "GET /api/sessions/{session_id}",
        "GET /api/history",
        "GET /api/history/{record_id}",
        "GET /api/entries/{entry_id}",
        "GET /api/labels",
        "GET /api/labels/{label_id}",
    },
    "sessions:write": {
        "POST /api/sessions",
        "PATCH /api/sessions/{session_id}",
        "DELETE /api/sessions/{session_id}",
        # What a deletion would take: asked by who may delete.
        "GET /api/sessions/{session_id}/consequences",
        "PATCH /api/history/{record_id}",
        "POST /api/entries",
        "POST /api/entries/batch",
        "PATCH /api/entries/{entry_id}",
        "DELETE /api/entries/{entry_id}",
        "POST /api/labels",
        "PATCH /api/labels/{label_id}",
        "DELETE /api/labels/{label_id}",
    },
    "garden:read": {
        "GET /api/garden",
        "GET /api/garden/landscape",
        "GET /api/garden/species",
        "GET /api/garden/session/{session_id}",
        "GET /api/garden/{garden_id}",
    },
    "garden:write": {
        "POST /api/garden",
        "PATCH /api/garden/{garden_id}",
        "DELETE /api/garden/{garden_id}",
    },
    "stats:read": {
        "GET /api/stats/me",
        "GET /api/stats/summary",
        "GET /api/stats/daily",
        "GET /api/stats/daily/{days}",
        "GET /api/stats/trends",
        "GET /api/stats/today",
        "GET /api/stats/calendar",
        "GET /api/stats/labels",
        "GET /api/stats/hours",
        "GET /api/plan",
        "GET /api/days-off",
    },
    "boards:read": {
        "GET /api/leaderboard/xp",
        "GET /api/leaderboard/focus-time",
        "GET /api/leaderboard/streak",
        "GET /api/leaderboard/sessions",
        "GET /api/users/{user_id}",
    },
}


def ask(client, operation, world):
    """Send a valid request, and take back what it wrote."""
    content = json.dumps(valid_body(operation, world)) if operation.takes_body else b""
    with transaction.atomic():
        answer = client.generic(
            operation.method,
            world.path(operation),
            content,
            content_type="application/json",
        )
        transaction.set_rollback(True)
    return answer


def declared(operation):
    """Return the scopes that the document names for an operation."""
    named = [one["apiToken"] for one in operation.spec["security"] if "apiToken" in one]
    return {scope for scopes in named for scope in scopes}


def test_the_table_is_what_the_document_declares():
    told = {
        scope: {str(one) for one in SIGNED_IN if scope in declared(one)}
        for scope in Scope.values
    }
    assert told == OPEN
    assert all(len(declared(operation)) <= 1 for operation in SIGNED_IN)


@pytest.mark.row("ID33")
@pytest.mark.parametrize("scope", Scope.values)
def test_a_scope_opens_what_it_names_and_nothing_else(world, alice, scope):
    """Caught: actions that are open where they name no scope (25 of them, the deletion of
    the account too), and scopes that are stored and not asked for (45 that
    `profile:read` opened).
    """
    client = program(alice, scope)
    wrong = {}
    for operation in SIGNED_IN:
        answer = ask(client, operation, world)
        name = str(operation)
        if name in OPEN[scope]:
            # As a device is answered: a conflict, where that is the state of things.
            right = (
                answer.status_code == ask(world.client, operation, world).status_code
            )
        else:
            right = answer.status_code == 403 and refusal(answer) == CLOSED
        if not right:
            wrong[name] = answer.status_code
    assert wrong == {}


@pytest.mark.row("ID33")
def test_all_scopes_together_leave_closed_what_none_names(world, alice):
    client = program(alice)
    opened = {
        str(operation)
        for operation in SIGNED_IN
        if ask(client, operation, world).status_code not in (401, 403)
    }
    assert opened == set.union(*OPEN.values())
    for never in ("/auth/", "password", "export", "picture", "imports", "/ws"):
        assert not [name for name in opened if never in name]
    assert "DELETE /api/users/me" not in opened


def test_every_view_asks_for_scopes_where_all_do():
    """Caught: a view that goes round the check, which no walk through the document sees."""
    views = {
        view.cls
        for path, view in routes(get_resolver().url_patterns)
        if path.startswith("/api") and hasattr(view, "cls")
    }
    assert len(views) > 20
    for view in views:
        assert issubclass(view, ApiViewSet)
        assert view.check_permissions is ApiViewSet.check_permissions
        assert {*view.token_scopes.values()} <= {*Scope}
        for action in view.token_scopes:
            assert callable(getattr(view, action))
