"""Bars of a small chart, as the numbers that an SVG needs; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

HEIGHT = 120
STEP = 40
BAR_WIDTH = 28
# Room for the figure above the tallest bar.
HEADROOM = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar. `x`, `y`, `height` and `middle` are in units of the chart's viewBox."""

    day: date
    value: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + BAR_WIDTH // 2


def bars(days: Sequence[tuple[date, int]]) -> list[Bar]:
    """Return a bar a day; any day with something in it can be seen."""
    tallest = max((value for _, value in days), default=0)
    made = []
    for index, (day, value) in enumerate(days):
        height = max(1, (HEIGHT - HEADROOM) * value // tallest) if value else 0
        x = index * STEP + (STEP - BAR_WIDTH) // 2
        made.append(Bar(day, value, x, HEIGHT - height, height))
    return made
