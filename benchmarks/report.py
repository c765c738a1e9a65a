"""The table, and what is kept of it."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.drawing import draw
from benchmarks.routes import STATEMENTS
from benchmarks.traffic import Measured

RESULTS = Path(__file__).with_name("results")
PARTS = (
    "django",
    "djangorestframework",
    "gunicorn",
    "psycopg",
    "fastapi",
    "sqlalchemy",
    "asyncpg",
    "uvicorn",
)


def show(
    results: dict[str, dict[str, Measured]],
    memory: dict[str, float],
    *,
    users: int,
    keep: bool,
) -> None:
    """Print the table; with `keep` also write it to `results/`."""
    lines = [
        f"| {'route':24} | queries | ours/s | rival/s | ours/rival | ours/floor | p50 ms | p99 ms | rival p99 |",
        f"|{'-' * 26}|--------:|-------:|--------:|-----------:|-----------:|-------:|-------:|----------:|",
    ]
    for route, by_server in results.items():
        ours = by_server.get("ours")
        rival = by_server.get("rival")
        floor = by_server.get("floor")
        lines.append(
            f"| {route:24} | {STATEMENTS[route]:>7} | {_number(ours, 'rate', 0):>6} | {_number(rival, 'rate', 0):>7} | "
            f"{_ratio(ours, rival):>10} | {_ratio(ours, floor):>10} | "
            f"{_number(ours, 'p50', 1):>6} | {_number(ours, 'p99', 1):>6} | {_number(rival, 'p99', 1):>9} |"
        )
    lines.append("")
    lines += [
        f"memory of a worker, {name}: {size:.0f} MB" for name, size in memory.items()
    ]
    text = "\n".join(lines)
    print(text)
    if keep:
        draw(_write(text, f"{users}-users"))


def show_scale(
    p50: dict[tuple[str, str], float], sizes: list[str], *, keep: bool
) -> None:
    """Print the milliseconds of each route at each size, and how they grow."""
    lines = [
        f"| {'p50 in ms, users:':24} | "
        + " | ".join(f"{size:>9}" for size in sizes)
        + " | largest/smallest |",
        f"|{'-' * 26}|" + "----------:|" * len(sizes) + "-----------------:|",
    ]
    for route in dict.fromkeys(route for route, _ in p50):
        taken = [p50[route, size] for size in sizes]
        lines.append(
            f"| {route:24} | "
            + " | ".join(f"{milliseconds:9.2f}" for milliseconds in taken)
            + f" | {taken[-1] / taken[0]:16.2f} |"
        )
    text = "\n".join(lines)
    print(text)
    if keep:
        _write(text, "scale")


def _number(measured: Measured | None, name: str, digits: int) -> str:
    return f"{getattr(measured, name):.{digits}f}" if measured else ""


def _ratio(ours: Measured | None, other: Measured | None) -> str:
    return f"{ours.rate / other.rate:.2f}" if ours and other else ""


def _write(table: str, what: str) -> Path:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    versions = ", ".join(f"{part} {version(part)}" for part in PARTS)
    today = datetime.now(UTC).date()
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{today}-{what}.md"
    path.write_text(f"# {today}, {what}\n\n{machine}; {versions}\n\n{table}\n")
    print(f"\nwritten to {path}")
    return path
