"""The room that a user's records leave for what is told in one transaction."""

import uuid
from bisect import bisect, bisect_left
from collections.abc import Sequence
from datetime import date, datetime

from focusguard.api.exceptions import DomainError
from sessions_app.entries import selectors
from sessions_app.entries.exceptions import TimeTaken, TooManyEntries
from sessions_app.entries.tellings import Place

MINUTES_OF_A_DAY = 1440
MAX_ENTRIES = 50_000


class Room:
    """The free time of a user, by one look at the records; what is taken is remembered.

    The caller holds the user's lock, so nothing else is taken meanwhile. The entry
    `but` is the one that is told anew, and takes nothing.
    """

    def __init__(
        self,
        user_id: uuid.UUID,
        places: Sequence[Place],
        now: datetime,
        *,
        but: uuid.UUID | None = None,
    ) -> None:
        self._user_id, self._now, self._but = user_id, now, but
        self._taken: dict[Place, uuid.UUID] = {}
        self._minutes: dict[date, int] = {}
        self._taken_here = 0
        self.look(places)
        # What was taken since, by its start; no two of them overlap.
        self._starts: list[datetime] = []
        self._added: list[tuple[datetime, uuid.UUID]] = []

    def look(self, places: Sequence[Place]) -> None:
        """Look at the records around these places, in the stead of those before.

        Thousands are looked at a part at a time. What was taken stays taken.
        """
        at = (self._user_id, places, self._now, self._but)
        self._taken = {
            places[n]: record_id for n, record_id in selectors.taken(*at).items()
        }
        days = {place.local_date for place in places} - self._minutes.keys()
        minutes, self._entries = selectors.minutes_by_day(
            self._user_id, days, self._now, self._but
        )
        self._minutes |= dict.fromkeys(days, 0) | minutes

    def refusal(self, place: Place) -> DomainError | None:
        """Return why there is no room for one more entry at this place; TimeTaken, TooManyEntries."""
        taken_by = self._taken.get(place) or self._overlapping(place)
        if taken_by:
            return TimeTaken(errors={"record_id": [str(taken_by)]})
        told = self._minutes.get(place.local_date, 0) + place.minutes
        if told > MINUTES_OF_A_DAY:
            return TimeTaken(
                "A day has no more minutes than 1440.",
                errors={"minutes": ["The day has no more than 1440, all told."]},
            )
        if self._entries + self._taken_here >= MAX_ENTRIES:
            return TooManyEntries()
        return None

    def take(self, place: Place, record_id: uuid.UUID) -> None:
        """Remember that something new takes this place."""
        self._taken_here += 1
        minutes = self._minutes.get(place.local_date, 0)
        self._minutes[place.local_date] = minutes + place.minutes
        if place.ended_at is not None:
            position = bisect(self._starts, place.at)
            self._starts.insert(position, place.at)
            self._added.insert(position, (place.ended_at, record_id))

    def _overlapping(self, place: Place) -> uuid.UUID | None:
        """Return what was taken since and is in the way.

        By the lowest id, as the database says it when the same is sent again.
        """
        if place.ended_at is None:
            return None
        first = bisect(self._starts, place.at)
        if first and self._added[first - 1][0] > place.at:
            first -= 1
        last = bisect_left(self._starts, place.ended_at)
        return min((taken for _, taken in self._added[first:last]), default=None)
