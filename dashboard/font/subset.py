"""Make src/styles/inter.woff2 of the Inter that npm has: what pages write, and no more.

    pip install fonttools==4.68.0 brotli==1.2.1
    npm pack @fontsource-variable/inter@5.3.0 && tar xzf fontsource-variable-inter-5.3.0.tgz
    python subset.py package/files/inter-latin-wght-normal.woff2

The whole latin file has 48 kB: accents of forty languages, nine weights, old-style forms.
"""

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# ASCII, the letters of English and German and of the names of their neighbours, and the
# signs that sentences and figures use. Another letter is drawn by the device's own font.
LETTERS = "ÄÖÜäöüßàáâåæçèéêëíïñóôøúû"
SIGNS = "\u00a0\u202f–—‘’“”„…·×−±→←"
WANTED = [*range(0x20, 0x7F), *map(ord, LETTERS + SIGNS)]
# Light for the clock, to the weight of headings.
WEIGHTS = (300, 600)
ROOT = Path(__file__).parent.parent.parent
MADE = ROOT / "dashboard" / "src" / "styles" / "inter.woff2"
# The staff's pages have their own: the dashboard may not be built where they are served.
STAFF = ROOT / "focusguard" / "static" / "focusguard" / "inter.woff2"


def main() -> None:
    font = TTFont(sys.argv[1])
    options = Options()
    options.layout_features = ["kern", "ccmp", "tnum"]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=WANTED)
    subsetter.subset(font)
    instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    font.flavor = "woff2"
    font.save(MADE)
    shutil.copy(MADE, STAFF)
    sys.stdout.write(f"{MADE.name}: {MADE.stat().st_size / 1000:.1f} kB\n")


if __name__ == "__main__":
    main()
