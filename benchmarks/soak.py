"""`make soak`: does a worker's memory stay flat over 100 000 mixed requests?"""

import argparse
import tempfile
from itertools import cycle
from pathlib import Path

from benchmarks import data
from benchmarks.measure import measure
from benchmarks.routes import READS, WRITES
from benchmarks.stacks import Wanted, running

STEPS = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    options = parser.parse_args()
    url = data.prepare(1000, 90)
    with (
        tempfile.TemporaryDirectory() as directory,
        running({"ours": Wanted("ours", url)}) as servers,
    ):
        server = servers["ours"]
        tokens = data.sign_in(url, data.BUSIEST)
        file = data.write_tokens(tokens.access, Path(directory))
        done = 0.0
        print(f"{0:7} requests: {server.memory():4.0f} MB a worker", flush=True)
        routes = cycle([*READS, *WRITES])
        for step in range(1, STEPS + 1):
            while done < options.requests * step / STEPS:
                taken = measure(server, next(routes), tokens, file, 1)
                done += taken.rate
            print(
                f"{done:7.0f} requests: {server.memory():4.0f} MB a worker", flush=True
            )


if __name__ == "__main__":
    main()
