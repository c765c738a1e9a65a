"""`make cost`: the processor time of a request, in each kind of server.

What a fleet must have follows from it: docs/operations.md has the table.
"""

import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks import data
from benchmarks.measure import measure
from benchmarks.routes import READS, WRITES
from benchmarks.stacks import Wanted, running

SECONDS = 3


def main() -> None:
    url = data.prepare(1000, 90)
    with (
        tempfile.TemporaryDirectory() as directory,
        running({"ours": Wanted("ours", url)}) as servers,
    ):
        server = servers["ours"]
        data.fold(url)
        tokens = data.sign_in(url, data.BUSIEST)
        file = data.write_tokens(tokens.access, Path(directory))
        used: list[Callable[[], float]] = [
            lambda: _seconds(psutil.Process(server.process.pid).children()),
            lambda: _seconds(_named("postgres")),
            lambda: _seconds(_named("valkey-server")),
        ]
        print("| milliseconds of processor | web | Postgres | Valkey |")
        print("|---------------------------|----:|---------:|-------:|")
        for route in [*READS, *WRITES]:
            measure(server, route, tokens, file, 1)  # warms up
            before = [read() for read in used]
            taken = measure(server, route, tokens, file, SECONDS)
            requests = taken.rate * SECONDS
            web, postgres, valkey = (
                1000 * (read() - was) / requests
                for read, was in zip(used, before, strict=True)
            )
            print(
                f"| {route:25} | {web:.2f} | {postgres:8.2f} | {valkey:6.2f} |",
                flush=True,
            )


def _named(name: str) -> Iterable[psutil.Process]:
    # Read with the list: `name()` fails where a process has ended meanwhile.
    everything = psutil.process_iter(["name"])
    return (process for process in everything if process.info["name"] == name)


def _seconds(processes: Iterable[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        # Valkey's child that saves ends by itself: what it used is not of the requests.
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


if __name__ == "__main__":
    main()
