"""The verdicts on what is told in one call, each by the records and by those before it."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from uuid_utils.compat import uuid7

from accounts.zones import zone_named
from focusguard.api.exceptions import DomainError, FieldsRefused
from sessions_app.entries import selectors
from sessions_app.entries.exceptions import ClientIdReused
from sessions_app.entries.room import Room
from sessions_app.entries.tellings import Place, Telling, out_of_reach, placed
from sessions_app.labels.exceptions import UNKNOWN
from sessions_app.models import Entry

# What a sender calls an entry: the client's id, or the digest of a file's row.
Name = uuid.UUID | bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a telling: a new entry, one that was there, or a refusal."""

    entry: Entry | None = None
    is_new: bool = False
    refusal: DomainError | None = None

    @property
    def word(self) -> str:
        if self.refusal is not None:
            return "rejected"
        return "accepted" if self.is_new else "duplicate"


@dataclass(frozen=True, slots=True)
class Case:
    """A telling, what is wrong with it by itself, and where it belongs if nothing is."""

    telling: Telling
    timezone: str
    wrong: dict[str, list[str]]
    place: Place | None


class Judge:
    """Judges tellings in turn, by one look at the user's records, however many they are.

    The caller holds the user's lock. `new` are the entries that are to be stored.
    """

    def __init__(
        self,
        user_id: uuid.UUID,
        tellings: Sequence[Telling],
        timezone: str,
        now: datetime,
    ) -> None:
        self.new: list[Entry] = []
        self._user_id = user_id
        self._timezone = timezone
        self._now = now
        self._known = _known(user_id, tellings)
        self._labels = selectors.own_labels(
            user_id, {telling.label_id for telling in tellings if telling.label_id}
        )
        self._cases = [self._case(telling) for telling in tellings]
        places = [case.place for case in self._cases if case.place]
        self._room = Room(user_id, places, now)

    def verdicts(self) -> Iterator[Verdict]:
        """Return the verdict on each telling, in order."""
        return map(self._verdict, self._cases)

    def _case(self, telling: Telling) -> Case:
        timezone = telling.timezone or self._timezone
        zone = zone_named(timezone)
        wrong = dict(out_of_reach(telling, zone, self._now))
        if telling.label_id and telling.label_id not in self._labels:
            wrong["label_id"] = [UNKNOWN]
        place = None if wrong else placed(telling, zone)
        return Case(telling, timezone, wrong, place)

    def _verdict(self, case: Case) -> Verdict:
        names = [*_names(case.telling)]
        # What is there already is told so first, whatever would be said to it today.
        for name in names:
            if name in self._known:
                return self._repeated(self._known[name], case.telling)
        if case.place is None:
            return Verdict(refusal=FieldsRefused(errors=case.wrong))
        if refusal := self._room.refusal(case.place):
            return Verdict(refusal=refusal)
        entry = self._entry(case, case.place)
        self._room.take(case.place, entry.pk)
        self._known |= dict.fromkeys(names, entry)
        self.new.append(entry)
        return Verdict(entry, is_new=True)

    def _repeated(self, entry: Entry, telling: Telling) -> Verdict:
        # The row of a file is what its digest is made of.
        if telling.import_key is not None or self._says(entry, telling):
            return Verdict(entry)
        return Verdict(refusal=ClientIdReused(errors={"record_id": [str(entry.pk)]}))

    def _says(self, entry: Entry, telling: Telling) -> bool:
        """Tell whether an entry is what would come of a telling.

        Days are compared as they were told, since their noon moves with the user. A
        label that was deleted meanwhile has left the entry, and counts as none.
        """
        timed = entry.ended_at is not None
        label_id = telling.label_id if telling.label_id in self._labels else None
        return (
            entry.minutes == telling.minutes
            and entry.note == telling.note
            and entry.source == telling.source
            and entry.label_id == label_id
            and (entry.at if timed else None) == telling.at
            and (None if timed else entry.local_date) == telling.local_date
        )

    def _entry(self, case: Case, place: Place) -> Entry:
        telling = case.telling
        return Entry(
            id=uuid7(),
            user_id=self._user_id,
            client_id=telling.client_id,
            label_id=telling.label_id,
            note=telling.note,
            at=place.at,
            ended_at=place.ended_at,
            minutes=place.minutes,
            local_date=place.local_date,
            timezone=case.timezone,
            source=telling.source,
            import_id=telling.import_id,
            import_key=telling.import_key,
            created_at=self._now,
        )


def _known(user_id: uuid.UUID, tellings: Sequence[Telling]) -> dict[Name, Entry]:
    """Return the user's entries that tellings name, each by all of its names."""
    names = {name for telling in tellings for name in _names(telling)}
    there = selectors.known(
        user_id,
        [name for name in names if isinstance(name, uuid.UUID)],
        [name for name in names if isinstance(name, bytes)],
    )
    return {name: entry for entry in there for name in _names(entry)}


def _names(told: Telling | Entry) -> Iterator[Name]:
    if told.client_id is not None:
        yield told.client_id
    if told.import_key is not None:
        yield bytes(told.import_key)
