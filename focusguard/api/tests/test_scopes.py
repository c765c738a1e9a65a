"""Scopes: what names none is closed to a credential that has any."""

import pytest

from focusguard.api.scopes import Scope, Scoped, ScopeMissing, require_scope


class Credential(Scoped):
    def __init__(self, *scopes):
        self.scopes = [str(scope) for scope in scopes]


def test_an_action_that_names_no_scope_is_closed_to_all_of_them():
    with pytest.raises(ScopeMissing) as refused:
        require_scope(Credential(*Scope), None)
    assert refused.value.challenge == 'Bearer error="insufficient_scope"'


def test_another_scope_is_not_enough_and_the_one_that_is_wanted_is_told():
    with pytest.raises(ScopeMissing) as refused:
        require_scope(Credential(Scope.SESSIONS_WRITE), Scope.SESSIONS_READ)
    told = 'Bearer error="insufficient_scope", scope="sessions:read"'
    assert refused.value.challenge == told


@pytest.mark.parametrize(
    "credential", [None, "a device's token", Credential(Scope.SESSIONS_READ)]
)
def test_what_is_no_api_token_or_has_the_scope_passes(credential):
    require_scope(credential, Scope.SESSIONS_READ)
