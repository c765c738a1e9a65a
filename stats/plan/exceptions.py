"""The errors of planning (docs/contract.md, Plan)."""

from typing import ClassVar

from focusguard.api.exceptions import DomainError


class DayOutOfReach(DomainError):
    """A day off is planned ahead, or told soon after, and is no way to mend a year."""

    status_code = 422
    code = "DAY_OUT_OF_REACH"
    message = "Days off lie between 14 days ago and a year ahead."
    example_errors: ClassVar = {"from": [message]}


class TooManyDaysOff(DomainError):
    code = "TOO_MANY_DAYS_OFF"
    message = "A calendar year has at most 90 days off."
