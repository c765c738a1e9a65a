"""Make the icons and the picture of links out of the drawing: `python dashboard/art/draw.py`.

Chromium draws them; the pictures are committed, since a deployment has none.
"""

import base64
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
STATIC = ROOT / "focusguard" / "static" / "focusguard"
FONT = ROOT / "dashboard/src/styles/inter.woff2"
SPROUT = (
    '<path d="M16 25V14M16 17c-5 0-7-3-7-7 5 0 7 3 7 7Zm0-2c4 0 6-3 6-6-4 0-6 2-6 6Z" '
    'fill="#dff2e4" stroke="#dff2e4" stroke-width="1.6" stroke-linejoin="round"/>'
)
# Launchers cut a maskable icon to a circle of four fifths: the sprout stays within it. iOS
# rounds the corners itself and shows transparency as black.
SHAPES = {
    "any": f'<rect width="32" height="32" rx="7" fill="#2f6f4f"/>{SPROUT}',
    "maskable": f'<rect width="32" height="32" fill="#2f6f4f"/>'
    f'<g transform="translate(3.2 3.2) scale(.8)">{SPROUT}</g>',
    "full": f'<rect width="32" height="32" fill="#2f6f4f"/>{SPROUT}',
}
ICONS = {
    STATIC / "icon-192.png": ("any", 192),
    STATIC / "icon-512.png": ("any", 512),
    STATIC / "icon-maskable-512.png": ("maskable", 512),
    ROOT / "focusguard" / "root" / "apple-touch-icon.png": ("full", 180),
}


def draw(browser: Browser, html: str, width: int, height: int, file: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(f"<style>body{{margin:0}}</style>{html}")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file, omit_background=True)
    page.close()


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for file, (shape, size) in ICONS.items():
            svg = f'<svg viewBox="0 0 32 32" width="{size}" height="{size}">{SHAPES[shape]}</svg>'
            draw(
                browser,
                svg.replace("<svg", '<svg style="display:block"'),
                size,
                size,
                file,
            )
        font = base64.b64encode(FONT.read_bytes()).decode()
        card = (HERE / "link.html").read_text().replace("FONT", font)
        draw(browser, card, 1200, 630, STATIC / "link.png")
        browser.close()


if __name__ == "__main__":
    main()
