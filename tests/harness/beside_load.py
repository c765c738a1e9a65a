"""The suite beside as many busy loops as there are cores: `make test-beside-load do="5"`.

A script, no test. It runs what `make test` runs so many times, or all that is not slow of
the paths that it is given, prints each failure with its log, and ends with one line and a
status: 0 where every run was green.
"""

import argparse
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOGS = Path(".local/beside-load")
# It ends with the script, however that ends.
BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="tests.harness.beside_load", description=__doc__
    )
    parser.add_argument("times", type=int, nargs="?", default=1)
    parser.add_argument("--suite", required=True, help="what `make test` gives pytest")
    parser.add_argument("paths", nargs="*", help="these tests instead")
    asked = parser.parse_args()
    # An end in order: what was started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    selected = (
        ["-m", "not slow", *asked.paths] if asked.paths else shlex.split(asked.suite)
    )
    LOGS.mkdir(parents=True, exist_ok=True)
    cores = os.cpu_count() or 1
    green, seconds = 0, [0.0]
    with busy_loops(cores):
        for number in range(1, asked.times + 1):
            log = LOGS / f"{number}.log"
            began = time.monotonic()
            status = run(log, selected)
            seconds.append(time.monotonic() - began)
            green += status == 0
            lines = log.read_text(errors="replace").splitlines()
            print(f"run {number} of {asked.times}: {lines[-1] if lines else status}")
            if status:
                print("\n".join(told_of_failures(lines)))
            sys.stdout.flush()
    print(
        f"{green} of {asked.times} runs green beside {cores} busy loops, "
        f"the longest in {max(seconds):.0f} s; logs in {LOGS}"
    )
    return 0 if green == asked.times else 1


@contextmanager
def busy_loops(count: int) -> Iterator[None]:
    loops = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def run(log: Path, selected: list[str]) -> int:
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-rfE"),
        *("-n", "3", "--dist", "loadscope", *selected),
    ]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
        try:
            return process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise


def told_of_failures(lines: list[str]) -> list[str]:
    """Return what pytest says below its dots, or all where it got no further."""
    begins = (
        at
        for at, line in enumerate(lines)
        if line.strip("= ") in ("ERRORS", "FAILURES")
    )
    return lines[next(begins, 0) :]


if __name__ == "__main__":
    sys.exit(main())
