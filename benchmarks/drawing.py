"""The table of `make bench` as a picture for the README."""

from html import escape
from pathlib import Path

DRAWING = Path(__file__).resolve().parent.parent / "docs" / "benchmark.svg"
LEFT, WIDTH, ROW, BAR = 190, 470, 34, 12  # pixels
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2a24 }
.small { font-size: 11px; fill: #5b6b62 }
.ours { fill: #2f855a } .rival { fill: #b8c4bd }
@media (prefers-color-scheme: dark) {
  text { fill: #e6efe9 } .small { fill: #9fb0a6 } .rival { fill: #56645c }
}
"""


def draw(table: Path) -> None:
    """Draw requests a second of ours and of the rival, from a table of the results."""
    rows = [row for row in map(_row, table.read_text().splitlines()) if row]
    most = max(max(ours, rival) for _, ours, rival in rows)
    height = ROW * len(rows) + 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" '
        f'role="img" aria-label="Requests a second by route">',
        f"<style>{STYLE}</style>",
        f'<rect class="ours" x="{LEFT}" y="12" width="12" height="12"/>',
        f'<text x="{LEFT + 18}" y="22">FocusGuard</text>',
        f'<rect class="rival" x="{LEFT + 120}" y="12" width="12" height="12"/>',
        f'<text x="{LEFT + 138}" y="22">FastAPI, SQLAlchemy, asyncpg; '
        "requests a second</text>",
    ]
    for n, (route, *rates) in enumerate(rows):
        top = 40 + n * ROW
        parts.append(f'<text x="0" y="{top + 16}">{escape(route)}</text>')
        for kind, rate, y in zip(
            ("ours", "rival"), rates, (top, top + BAR), strict=True
        ):
            width = rate / most * WIDTH
            parts.append(
                f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{width:.0f}" '
                f'height="{BAR - 1}"/><text class="small" x="{LEFT + width + 6:.0f}" '
                f'y="{y + 10}">{rate:.0f}</text>'
            )
    DRAWING.write_text("\n".join([*parts, "</svg>"]) + "\n")
    print(f"drawn as {DRAWING.name}")


def _row(line: str) -> tuple[str, float, float] | None:
    cells = [cell.strip() for cell in line.strip("| ").split("|")]
    try:
        return cells[0], float(cells[2]), float(cells[3])
    except (IndexError, ValueError):
        return None
