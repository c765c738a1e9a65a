"""People who start and abandon sessions without a pause, whatever dies meanwhile."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from local.processes import wait_until
from tests.harness.bounds import DEADLINE
from tests.live.harness.user import Person


class Writers:
    """Keeps the ids of the sessions whose start, and whose end, was acknowledged."""

    def __init__(self) -> None:
        self.started: set[str] = set()
        self.abandoned: set[str] = set()
        self._done = Event()

    def wait_for_more(self, count: int) -> None:
        wanted = len(self.abandoned) + count
        assert wait_until(lambda: len(self.abandoned) >= wanted, seconds=DEADLINE)

    def kept(self, statuses: dict[str, str]) -> int:
        """Require all of it among the stored `statuses`; return how much it is."""
        assert self.started <= statuses.keys()
        assert {statuses[session] for session in self.abandoned} == {"abandoned"}
        return len(self.started) + len(self.abandoned)

    def _write(self, person: Person) -> None:
        while not self._done.is_set():
            answer = person.attempt("POST", "/sessions", {"duration_min": 25})
            if answer is None or answer.status_code == 503:
                continue
            if answer.status_code == 201:
                session = answer.json()["id"]
                self.started.add(session)
            else:
                (session,) = answer.json()["detail"]["errors"]["session_id"]
            path = f"/sessions/{session}"
            ended = person.attempt("PATCH", path, {"status": "abandoned"})
            if ended is not None and ended.status_code == 200:
                self.abandoned.add(session)


@contextmanager
def writing(people: Iterable[Person]) -> Iterator[Writers]:
    writers = Writers()
    threads = [Thread(target=writers._write, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield writers
    finally:
        writers._done.set()
        for thread in threads:
            thread.join()
