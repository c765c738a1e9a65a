"""`make soak-sockets`: do 2,000 sockets cost the same after ten minutes, and REST little?

Two processes of the sockets behind nothing, and gunicorn beside them. People start and
complete sessions while sockets come and go; then one process is killed, and everybody
has to be back. It fails where memory, REST, a push or the return is over its bound.
"""

import argparse
import asyncio
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

import psutil
import uvloop

from benchmarks import data
from benchmarks.sockets.crowd import Crowd
from benchmarks.stacks import LOG, ROOT, Wanted, ask, free_port, running
from benchmarks.traffic import Client

PROCESSES = 2
MOST_GROWTH, MOST_RATIO = 1.10, 1.20
MOST_PUSH_MS, MOST_RETURN_SECONDS = 100.0, 15.0
# Ten sockets a device is the most; so many of a person's stay clear of it.
SOCKETS_A_PERSON = 4
STARTS_WITHIN = 30.0
# Of the load beside the sockets, the same with and without them.
READS_A_SECOND, WRITES_A_SECOND = 20, 4
READS = ("/api/users/me", "/api/stats/me", "/api/sessions/active")
SETTLE_SECONDS = 5.0
# Descriptors beside those of the sockets, in the client as in a process.
SPARE = 200


def main() -> None:
    parser = argparse.ArgumentParser(prog="make soak-sockets", description=__doc__)
    parser.add_argument("--sockets", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument(
        "--churn", type=int, default=10, help="sockets that go and come a second"
    )
    options = parser.parse_args()
    make_room(options.sockets + SPARE)
    # A token lives as long as the soak, whose clients ask for no other.
    os.environ["ACCESS_TOKEN_EXPIRE_MINUTES"] = str(24 * 60)
    url = data.prepare(1000, 90)
    # A session that was put back by its plan would have ended as it starts.
    ask(url, "DROP TRIGGER IF EXISTS bench_backdate ON sessions")
    people = max(1, options.sockets // SOCKETS_A_PERSON)
    tokens = data.sign_in(url, data.BUSIEST, people=people).access
    with (
        running({"ours": Wanted("ours", url)}) as servers,
        realtime(url, options.sockets) as processes,
    ):
        soak = Soak(servers["ours"].port, processes, tokens)
        uvloop.run(soak.run(options.sockets, options.seconds, options.churn))
    sys.exit(0 if soak.verdict() else 1)


def make_room(descriptors: int) -> None:
    """Raise the soft limit of this process, which the servers inherit. SystemExit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < descriptors:
        raise SystemExit(
            f"{descriptors} descriptors are needed, and this machine allows {hard}: "
            f'raise it (ulimit -Hn), or take fewer: do="--sockets {hard - SPARE}"'
        )
    if soft != resource.RLIM_INFINITY and soft < descriptors:
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, hard))


@dataclass(frozen=True)
class Realtime:
    """A process of the sockets."""

    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> float:
        """Return its memory in MB, with that of its children."""
        whole = psutil.Process(self.process.pid)
        family = [whole, *whole.children(recursive=True)]
        return float(sum(one.memory_info().rss for one in family)) / 2**20


@contextmanager
def realtime(url: str, sockets: int) -> Iterator[list[Realtime]]:
    """Start the processes, each on a port of its own, and end them."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "HOST": "127.0.0.1",
        # One of two takes all, once the other is killed.
        "REALTIME_MAX_SOCKETS": str(sockets + SPARE),
        "LOG_LEVEL": "WARNING",
    }
    with ExitStack() as stack:
        errors = stack.enter_context(open(f"{LOG}.sockets", "wb"))
        started = []
        for _ in range(PROCESSES):
            port = free_port()
            process = subprocess.Popen(
                [sys.executable, "manage.py", "serve_realtime"],
                cwd=ROOT,
                env=environment | {"REALTIME_PORT": str(port)},
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            started.append(Realtime(port, process))
        yield started


@dataclass
class Load:
    """The load on REST beside the sockets, and how long each read took."""

    port: int
    tokens: list[str]
    reads: list[float] = field(default_factory=list)
    # When each change was answered, by session and whether it runs from then on.
    answered: dict[tuple[str, bool], tuple[int, float]] = field(default_factory=dict)

    async def run(self, seconds: float) -> None:
        await asyncio.gather(self._read(seconds), self._write(seconds))

    async def _read(self, seconds: float) -> None:
        ends_at, n = time.monotonic() + seconds, 0
        async with Client(self.port) as client:
            while (began := time.monotonic()) < ends_at:
                token = self.tokens[n % len(self.tokens)]
                await client.ask("GET", READS[n % len(READS)], {}, token)
                self.reads.append(time.monotonic() - began)
                n += 1
                await asyncio.sleep(
                    max(0, began + 1 / READS_A_SECOND - time.monotonic())
                )

    async def _write(self, seconds: float) -> None:
        """Start a session of somebody, and complete it at the next beat."""
        ends_at = time.monotonic() + seconds
        people = list(range(len(self.tokens)))
        random.Random(2).shuffle(people)  # noqa: S311  (no secret)
        n = 0
        async with Client(self.port) as client:
            while time.monotonic() < ends_at:
                person = people[n % len(people)]
                n += 1
                token, body = self.tokens[person], {"duration_min": 240}
                told = await client.ask("POST", "/api/sessions", body, token)
                self.answered[told["id"], True] = person, time.monotonic()
                await asyncio.sleep(1 / WRITES_A_SECOND)
                path = f"/api/sessions/{told['id']}"
                await client.ask("PATCH", path, {"completed": True}, token)
                self.answered[told["id"], False] = person, time.monotonic()
                await asyncio.sleep(1 / WRITES_A_SECOND)


class Soak:
    """The phases, and what each of them showed."""

    def __init__(self, port: int, processes: list[Realtime], tokens: list[str]) -> None:
        self._port, self._processes, self._tokens = port, processes, tokens
        self._results: list[tuple[str, bool]] = []

    async def run(self, sockets: int, seconds: float, churn: int) -> None:
        quiet = max(15.0, min(60.0, seconds / 5))
        for one in self._processes:
            await _listens(one)
        before = await self._load(quiet)
        self._say(f"REST without sockets: p95 {p95_ms(before.reads):.1f} ms")

        crowd = Crowd([one.port for one in self._processes], self._tokens)
        began = time.monotonic()
        await crowd.fill(sockets)
        self._say(f"{sockets} sockets opened in {time.monotonic() - began:.1f} s")
        await asyncio.sleep(SETTLE_SECONDS)
        start = self._memory()
        beside = await self._soak(crowd, seconds, churn)
        await crowd.all_back(sockets, MOST_RETURN_SECONDS)
        self._judge_memory(start, self._memory())
        self._judge_pushes(crowd, beside)

        await self._kill_one(crowd, sockets)
        await crowd.close()
        after = await self._load(quiet)
        self._judge_rest(before, beside, after)
        self._say(f"ends that nobody asked for: {dict(crowd.ends)}")
        self._say(f"refused and tried again: {dict(crowd.refusals)}")

    def verdict(self) -> bool:
        """Tell whether everything was within its bound."""
        for words, fine in self._results:
            print(f"{'ok  ' if fine else 'OVER'} {words}")
        return all(fine for _, fine in self._results)

    async def _load(self, seconds: float) -> Load:
        load = Load(self._port, self._tokens)
        await load.run(seconds)
        return load

    async def _soak(self, crowd: Crowd, seconds: float, churn: int) -> Load:
        churning = asyncio.ensure_future(crowd.churn(churn))
        watching = asyncio.ensure_future(self._watch(crowd, seconds))
        try:
            return await self._load(seconds)
        finally:
            for task in (churning, watching):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _watch(self, crowd: Crowd, seconds: float) -> None:
        began = time.monotonic()
        while True:
            sizes = " and ".join(f"{size:.1f}" for size in self._memory())
            passed = time.monotonic() - began
            self._say(f"{passed:4.0f} s: {len(crowd.open)} sockets, {sizes} MB")
            await asyncio.sleep(max(10.0, seconds / 10))

    def _memory(self) -> list[float]:
        return [one.memory() for one in self._processes]

    def _judge_memory(self, start: list[float], end: list[float]) -> None:
        for n, (one, other) in enumerate(zip(start, end, strict=True), 1):
            self._result(
                f"memory of process {n}: {one:.1f} MB at the start, {other:.1f} at the "
                f"end ({other / one - 1:+.1%})",
                other <= MOST_GROWTH * one,
            )

    def _judge_pushes(self, crowd: Crowd, load: Load) -> None:
        """Measure from a write's answer to each socket that told it."""
        waits, unheard = [], 0
        for key, (_, answered) in load.answered.items():
            arrived = crowd.arrivals.get(key, [])
            unheard += not arrived
            waits += [1000 * max(0.0, at - answered) for at in arrived]
        cuts = statistics.quantiles(waits, n=100)
        self._say(
            f"pushes: {len(waits)} of {len(load.answered)} changes, {unheard} of them "
            f"heard by nobody; p50 {cuts[49]:.1f}, p99 {cuts[98]:.1f}, "
            f"most {max(waits):.0f} ms"
        )
        words = f"a push is there {cuts[94]:.1f} ms after the write's answer (p95)"
        self._result(words, cuts[94] <= MOST_PUSH_MS and not unheard)

    async def _kill_one(self, crowd: Crowd, sockets: int) -> None:
        killed = self._processes[0]
        lost = sum(one.port == killed.port for one in crowd.open)
        crowd.ports.remove(killed.port)
        killed.process.send_signal(signal.SIGKILL)
        while len(crowd.open) > sockets - lost:
            await asyncio.sleep(0.01)
        took = await crowd.all_back(sockets, 2 * MOST_RETURN_SECONDS)
        said = f"{took:.1f} s" if took else f"not: {len(crowd.open)} of {sockets}"
        words = f"one process killed, {lost} sockets with it; everybody back: {said}"
        self._result(words, bool(took) and (took or 0) <= MOST_RETURN_SECONDS)

    def _judge_rest(self, before: Load, beside: Load, after: Load) -> None:
        """Compare with the quiet before and after: a machine has moods."""
        without = p95_ms(before.reads + after.reads)
        self._say(f"REST without sockets, afterwards: p95 {p95_ms(after.reads):.1f} ms")
        ratio = p95_ms(beside.reads) / without
        self._result(
            f"REST beside sockets: p95 {p95_ms(beside.reads):.1f} ms, without "
            f"{without:.1f}: {ratio:.2f} times",
            ratio <= MOST_RATIO,
        )

    def _result(self, words: str, fine: bool) -> None:
        self._say(words)
        self._results.append((words, fine))

    def _say(self, words: str) -> None:
        print(words, flush=True)


async def _listens(one: Realtime) -> None:
    ends_at = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends_at and one.process.poll() is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", one.port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise SystemExit(f"a process of the sockets did not start: see {LOG}.sockets")


def p95_ms(seconds: list[float]) -> float:
    return 1000 * statistics.quantiles(seconds, n=100)[94]


if __name__ == "__main__":
    main()
