"""A crowd of listeners over several processes: it comes, goes, and comes back."""

import asyncio
import random
import time
from collections import Counter, defaultdict
from functools import partial
from typing import Any

from benchmarks.sockets.listener import Listener, Refused

# The process lets 20 of an address wait for their first message; all of ours are one.
AT_ONCE = 16
# A page comes back within this time after its socket has ended, by itself and not with
# all the others.
JITTER_SECONDS = 10.0
AGAIN_SECONDS = 1.0
PATIENCE_SECONDS = 30.0


class Crowd:
    """Keeps as many sockets open as were opened: one that ends comes back elsewhere."""

    def __init__(self, ports: list[int], tokens: list[str], *, seed: int = 1) -> None:
        self.ports, self._tokens = list(ports), tokens
        self._chance = random.Random(seed)  # noqa: S311  (no secret)
        self._doors = {port: asyncio.Semaphore(AT_ONCE) for port in ports}
        self.open: dict[Listener, None] = {}
        self._returning: set[asyncio.Task[None]] = set()
        # When each state was heard, by its session and whether it runs.
        self.arrivals: dict[tuple[str, bool], list[float]] = defaultdict(list)
        self.ends: Counter[int] = Counter()
        self.refusals: Counter[str] = Counter()
        self._closing = False

    async def fill(self, count: int) -> None:
        """Open sockets, the people in turn, until there are `count`."""
        people = len(self._tokens)
        await asyncio.gather(
            *(self._come(n % people, PATIENCE_SECONDS) for n in range(count))
        )

    async def churn(self, each_second: int) -> None:
        """Close some by chance and open as many others, until it is cancelled."""
        while True:
            for one in self._chance.sample(list(self.open), each_second):
                person = one.person
                self._leave(one)
                self._start(self._come(person, PATIENCE_SECONDS))
                await asyncio.sleep(1 / each_second)

    async def all_back(self, count: int, seconds: float) -> float | None:
        """Wait until `count` are open; return how long that took, None if too long."""
        began = time.monotonic()
        while len(self.open) < count:
            await asyncio.sleep(0.05)
            if time.monotonic() - began > seconds:
                return None
        return time.monotonic() - began

    async def close(self) -> None:
        """Close all, and let nobody come back."""
        self._closing = True
        for task in self._returning:
            task.cancel()
        leaving = list(self.open)
        for one in leaving:
            self._leave(one)
        await asyncio.wait([one.ended for one in leaving], timeout=PATIENCE_SECONDS)

    async def _come(self, person: int, seconds: float) -> None:
        """Try one process after the other until one takes the socket."""
        ends_at = time.monotonic() + seconds
        while not self._closing:
            port = self._chance.choice(self.ports)
            one = Listener(port, person, self._tokens[person], self._hear)
            try:
                async with self._doors[port]:
                    await asyncio.wait_for(one.open(), PATIENCE_SECONDS)
            except (OSError, Refused, TimeoutError) as error:
                self.refusals[str(error) or type(error).__name__] += 1
                if time.monotonic() > ends_at:
                    raise SystemExit(f"a socket was not opened: {error}") from error
                await asyncio.sleep(AGAIN_SECONDS * self._chance.random())
            else:
                self.open[one] = None
                one.ended.add_done_callback(partial(self._ended, one))
                return

    def _leave(self, one: Listener) -> None:
        self.open.pop(one)
        one.close()

    def _ended(self, one: Listener, ended: "asyncio.Future[int]") -> None:
        """Bring one back that ended without having left."""
        if one in self.open:
            self.open.pop(one)
            self.ends[int(ended.result())] += 1
            if not self._closing:
                self._start(self._return(one.person))

    async def _return(self, person: int) -> None:
        await asyncio.sleep(self._chance.uniform(0, JITTER_SECONDS))
        await self._come(person, PATIENCE_SECONDS)

    def _start(self, coming: Any) -> None:
        task = asyncio.ensure_future(coming)
        self._returning.add(task)
        task.add_done_callback(self._returning.discard)

    def _hear(self, one: Listener, message: dict[str, Any], now: float) -> None:
        if message["type"] != "session":
            return
        session = message["session"] or message["last_ended"]
        if session:
            key = (session["id"], message["session"] is not None)
            self.arrivals[key].append(now)
