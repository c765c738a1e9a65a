"""`make bench-scale`: every hot route as the number of users grows.

Each size is a database of its own, with a server of its own; they take turns, so that
what else the machine does falls on all of them.
"""

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks import data, report
from benchmarks.measure import measure, median
from benchmarks.routes import READS, WRITES
from benchmarks.stacks import Wanted, running
from benchmarks.traffic import Measured

SIZES = [1_000, 100_000, 1_000_000]
DAYS = 30


def main() -> None:
    options = _options()
    urls = {f"{users:,}": data.prepare(users, DAYS) for users in options.sizes}
    samples: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory() as directory,
        running({size: Wanted("ours", url) for size, url in urls.items()}) as servers,
    ):
        people = {}
        for size, url in urls.items():
            tokens = data.sign_in(url, data.TYPICAL)
            folder = Path(directory, size)
            folder.mkdir()
            people[size] = tokens, data.write_tokens(tokens.access, folder)
        for round_ in range(options.rounds + 1):
            for url in urls.values():
                data.fold(url)
            for route in options.routes or [*READS, *WRITES]:
                for size, server in servers.items():
                    measured = measure(server, route, *people[size], options.seconds)
                    if round_:  # the first warms up
                        samples[route, size].append(measured)
            print(f"round {round_} of {options.rounds}", flush=True)
    report.show_scale(
        {key: median(taken).p50 for key, taken in samples.items()},
        list(urls),
        keep=options.keep,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-scale", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="of each measurement")
    parser.add_argument("--routes", nargs="+", choices=[*READS, *WRITES])
    parser.add_argument("--keep", action="store_true", help="write the results down")
    return parser.parse_args()


if __name__ == "__main__":
    main()
