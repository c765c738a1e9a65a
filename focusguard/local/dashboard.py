"""Building the dashboard, where there is a Node that can."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from focusguard.local.errors import LocalError
from focusguard.local.places import Places

MINIMUM = (20, 19)
# What the build is made of.
SOURCES = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")


def build(places: Places) -> bool:
    """Bring `dashboard/dist` up to its sources; say in a line that no Node here can.

    LocalError where one can, and the build failed. An older build is never left.
    """
    folder = places.project / "dashboard"
    build, stamp = folder / "dist", folder / "dist" / "built-from"
    wanted = _fingerprint(folder)
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    shutil.rmtree(build, ignore_errors=True)
    node = _node_version()
    if node is None or node < MINIMUM:
        found = "none is here" if node is None else f"here is {node[0]}.{node[1]}"
        sys.stdout.write(
            "Only the API runs: the dashboard needs Node 20.19 or newer, "
            f"and {found}.\n"
        )
        return False
    sys.stdout.write("Building the dashboard ...\n")
    sys.stdout.flush()
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
        done = subprocess.run(
            [*command, "--silent"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )
        if done.returncode:
            raise LocalError(
                f"The dashboard was not built: `{' '.join(command)}` failed in {folder}."
            )
    stamp.write_text(wanted)
    return True


def _node_version() -> tuple[int, int] | None:
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    told = subprocess.run(
        ["node", "--version"], capture_output=True, text=True, check=False
    ).stdout
    major, minor, *_ = told.strip().lstrip("v").split(".")
    return int(major), int(minor)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    files = [folder / name for name in (*SOURCES, "index.html")]
    for part in ("src", "public"):
        files += sorted(path for path in (folder / part).rglob("*") if path.is_file())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
