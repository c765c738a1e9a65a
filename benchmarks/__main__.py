"""`make bench`: ours beside the rival and the floor, in interleaved rounds."""

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks import data, report
from benchmarks.data import Tokens
from benchmarks.measure import measure, median
from benchmarks.routes import READS, SINGLE_ROW, WRITES
from benchmarks.stacks import Wanted, running
from benchmarks.traffic import Measured

SERVERS = ["ours", "rival", "floor"]
Results = dict[str, dict[str, Measured]]  # by route, then by server


def main() -> None:
    options = _options()
    url = data.prepare(options.users, options.days)
    samples: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory() as directory,
        running({name: Wanted(name, url) for name in options.servers}) as servers,
    ):
        tokens = data.sign_in(url, data.BUSIEST)
        # A device is refreshed at one of the servers only.
        own = {
            name: Tokens(tokens.access, tokens.refresh[n :: len(servers)])
            for n, name in enumerate(servers)
        }
        file = data.write_tokens(tokens.access, Path(directory))
        for round_ in range(options.rounds + 1):
            # A round takes about a minute.
            data.fold(url)
            for route in options.routes or [*READS, *WRITES]:
                for server in servers.values():
                    if server.name == "floor" and route not in SINGLE_ROW:
                        continue
                    measured = measure(
                        server, route, own[server.name], file, options.seconds
                    )
                    if round_:  # the first warms up
                        samples[route, server.name].append(measured)
            print(f"round {round_} of {options.rounds}", flush=True)
        memory = {server.name: server.memory() for server in servers.values()}
    results: Results = defaultdict(dict)
    for (route, name), taken in samples.items():
        results[route][name] = median(taken)
    report.show(results, memory, users=options.users, keep=options.keep)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of each measurement")
    parser.add_argument("--routes", nargs="+", choices=[*READS, *WRITES])
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=SERVERS)
    parser.add_argument("--keep", action="store_true", help="write the results down")
    return parser.parse_args()


if __name__ == "__main__":
    main()
