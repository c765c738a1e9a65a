"""Pairs of tokens: what is given again for a spent refresh token, and what tells a thief.

Pure rules; `auth_services` stores what follows from them. ADR 30 says why they are so.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from enum import Enum

from accounts.models import AuthSession
from focusguard.web.client_address import bucket_of

# Two tabs of one browser refresh with the same token, the second while the answer to
# the first is on its way.
REUSE_GRACE = timedelta(seconds=10)
# Of those, what cannot but have been sent before the first answer came.
AT_ONCE = timedelta(seconds=1)
# An answer was lost, and the phone comes back to a network.
LOST_ANSWER = timedelta(hours=1)
# By how much a machine that answers may be behind the one that answered before.
CLOCKS_APART = timedelta(minutes=1)
# Pairs in a row that were answered again apart. A network that loses the answer to
# each of five refreshes is not seen; somebody who follows somebody else is like that.
MOST_IN_A_ROW = 4
MOST_KEPT = 8

_ISSUE_BITS = 16
_ISSUE = (1 << _ISSUE_BITS) - 1


class Verdict(Enum):
    SAME_PAIR = "the same pair"
    GIVEN_ANEW = "the same refresh token, and another access token"
    REUSED = "the device ends"


def judge(
    device: AuthSession, *, age: timedelta, user_agent: str, ip: str | None
) -> Verdict:
    """Say what the refresh token that was spent last gets, so long after that.

    The device's agent and address are those of the refresh that spent it.
    """
    same_address = bucket_of(ip) == bucket_of(device.ip)
    if user_agent != device.user_agent:
        return Verdict.REUSED
    if -CLOCKS_APART <= age < REUSE_GRACE and (same_address or not device.confirmed):
        return Verdict.SAME_PAIR
    if not device.confirmed and age < LOST_ANSWER and device.issue < _ISSUE:
        return Verdict.GIVEN_ANEW
    return Verdict.REUSED


def how_repeated(
    device: AuthSession, *, age: timedelta, ip: str | None
) -> AuthSession.Repeated:
    """Say how far apart from the first answer this one is.

    What comes after the new pair was used was hardly on its way before its answer.
    """
    same_address = bucket_of(ip) == bucket_of(device.ip)
    in_time = -CLOCKS_APART <= age < AT_ONCE
    if same_address and in_time and not device.confirmed:
        return AuthSession.Repeated.AT_ONCE
    return AuthSession.Repeated.APART


def access_jti(device: AuthSession) -> uuid.UUID:
    """Return the id of the access token that goes with the current refresh token.

    It names the pair, and in its last bits how often that was given anew.
    """
    return uuid.UUID(int=(device.current_jti.int & ~_ISSUE) | device.issue)


def is_of_newest_pair(jti: uuid.UUID, device: AuthSession) -> bool:
    return _are_of_one_pair(jti, device.current_jti)


def is_replaced(jti: uuid.UUID, given_anew: Iterable[uuid.UUID] | None) -> bool:
    """Tell whether an access token went with an answer that was taken for lost."""
    if not given_anew:
        return False
    return any(
        _are_of_one_pair(jti, first) and jti.int < first.int for first in given_anew
    )


def with_newest_given_anew(device: AuthSession) -> list[uuid.UUID]:
    """Return `given_anew` once the device's next issue is the one that counts."""
    others = [
        first
        for first in device.given_anew or ()
        if not is_of_newest_pair(first, device)
    ]
    first = uuid.UUID(int=access_jti(device).int + 1)
    return [*others, first][-MOST_KEPT:]


def _are_of_one_pair(one: uuid.UUID, other: uuid.UUID) -> bool:
    return one.int >> _ISSUE_BITS == other.int >> _ISSUE_BITS
