"""A measurement of a route on a server, and the median of several."""

import statistics
from pathlib import Path

from benchmarks import traffic
from benchmarks.data import Tokens
from benchmarks.routes import READS, REFRESH, START_AND_COMPLETE
from benchmarks.stacks import Server
from benchmarks.traffic import Measured


def measure(
    server: Server, route: str, tokens: Tokens, file: Path, seconds: float
) -> Measured:
    """Load a route for `seconds`; `file` holds the access tokens for wrk."""
    if route == START_AND_COMPLETE:
        return traffic.focus(server.port, tokens.access, seconds)
    if route == REFRESH:
        return traffic.refresh(server.port, tokens.refresh, seconds)
    return traffic.read(server.port, READS[route], file, seconds)


def median(samples: list[Measured]) -> Measured:
    return Measured(
        *(
            statistics.median(getattr(sample, name) for sample in samples)
            for name in ("rate", "p50", "p99")
        )
    )
