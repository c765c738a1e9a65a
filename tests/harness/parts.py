"""Long lists in parts: a piece meets one of several tests, and all in `make test-live`."""

import pytest


def in_parts(number):
    """Parametrize `every`: each n-th piece for a test, or all of them where it is slow."""
    return pytest.mark.parametrize(
        "every", [number, pytest.param(1, marks=pytest.mark.slow)]
    )


def part(pieces, place, every):
    """Return each n-th piece, the next ones for the test in the next place."""
    pieces = list(pieces)
    return pieces[place % every :: every]
