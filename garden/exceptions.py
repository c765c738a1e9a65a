"""The errors of a garden (docs/contract.md, Garden)."""

from focusguard.api.exceptions import DomainError, NotFound


class PlantNotFound(NotFound):
    code = "PLANT_NOT_FOUND"
    message = "Plant not found"


class SessionAlreadyPlanted(DomainError):
    code = "SESSION_ALREADY_PLANTED"
    message = "This session has its plant."


class SessionAbandoned(DomainError):
    code = "SESSION_ABANDONED"
    message = "Nothing grows from a session that was given up."


class PlantNumberTaken(DomainError):
    code = "PLANT_NUM_TAKEN"
    message = "Another plant has this number."


class PlantLocked(DomainError):
    status_code = 403
    code = "PLANT_LOCKED"
    message = "This species needs a higher level."


class PlantWithered(DomainError):
    code = "PLANT_WITHERED"
    message = "A withered plant grows no more."


class PlantCannotShrink(DomainError):
    code = "PLANT_CANNOT_SHRINK"
    message = "A plant never shrinks."


class GrowthAheadOfFocus(DomainError):
    code = "GROWTH_AHEAD_OF_FOCUS"
    message = "The plant cannot be ahead of the focus."
