"""Building the dashboard, where there is a Node that can."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from local.local_error import LocalError, proxy_hint
from local.places import Places

MINIMUM = (20, 19)
NODE_SECONDS = 20  # far more than a start of Node takes
STAMP = "built-from"
# What the build is made of.
SOURCES = (
    *("package.json", "package-lock.json"),
    *("vite.config.ts", "pages.ts", "tsconfig.json"),
)


def build(places: Places) -> bool:
    """Bring `dashboard/dist` up to its sources; say in a line that no Node here can.

    LocalError where one can, and the build failed. An older build is never left, but
    what runs is served from it until the new one is whole.
    """
    folder = places.project / "dashboard"
    build, made = folder / "dist", places.root / "dashboard"
    wanted = _fingerprint(folder)
    built_from, *_ = _stamp(build) or [""]
    if built_from == wanted:
        return True
    node, found = _node_version()
    if node < MINIMUM:
        sys.stdout.write(
            "Only the API runs: the dashboard needs Node 20.19 or newer, "
            f"and {found}.\n"
        )
        shutil.rmtree(build, ignore_errors=True)
        return False
    sys.stdout.write("Building the dashboard ...\n")
    sys.stdout.flush()
    places.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for command, arguments in (
        (["npm", "ci", "--no-audit", "--no-fund"], []),
        (["npm", "run", "build"], ["--", "--outDir", str(made), "--emptyOutDir"]),
    ):
        done = subprocess.run(
            [*command, "--silent", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(build, ignore_errors=True)
            raise LocalError(
                f"The dashboard was not built: `{' '.join(command)}` failed in {folder}."
                f"{proxy_hint()}"
            )
    _replace(build, made, wanted)
    return True


def _replace(build: Path, made: Path, wanted: str) -> None:
    """Put a build in the place of the one before, whose scripts it takes along.

    A server that was started with that one sends its page, and must find what the page
    names; the next build forgets them.
    """
    own = [path.name for path in made.glob("assets/*")]
    (made / STAMP).write_text("\n".join([wanted, *own]))
    for name in _stamp(build)[1:]:
        former = build / "assets" / name
        if name not in own and former.is_file():
            shutil.copy2(former, made / "assets" / name)
    shutil.rmtree(build, ignore_errors=True)
    shutil.move(made, build)


def _stamp(build: Path) -> list[str]:
    """Return what a build was made of, and the names of its scripts; of none nothing."""
    stamp = build / STAMP
    return stamp.read_text().splitlines() if stamp.exists() else []


def _node_version() -> tuple[tuple[int, int], str]:
    """Return the version, (0, 0) where there is none, and in words what was found."""
    if not (shutil.which("node") and shutil.which("npm")):
        return (0, 0), "none is here"
    try:
        told = _said_by(["node", "--version"])
    except subprocess.TimeoutExpired:
        return (0, 0), f"the one here has not said its version in {NODE_SECONDS} s"
    except OSError as error:
        return (0, 0), f"the one here cannot be run ({error.strerror})"
    version = re.fullmatch(r"v?([0-9]{1,4})\.([0-9]{1,4})\b.*", told)
    if version is None:
        said = repr(told[:40]) if told else "nothing"
        return (0, 0), f"the one here says {said} when asked for its version"
    return (int(version[1]), int(version[2])), f"here is {version[1]}.{version[2]}"


def _said_by(command: list[str]) -> str:
    """Return what a command writes. TimeoutExpired: nothing of it is left running.

    Through a file: what a wrapper started would keep a pipe open, and us waiting.
    """
    with tempfile.TemporaryFile() as file:
        asked = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            asked.wait(NODE_SECONDS)
        except BaseException:
            os.killpg(asked.pid, signal.SIGKILL)
            asked.wait()
            raise
        file.seek(0)
        return file.read(1000).decode(errors="replace").strip()


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    files = [folder / name for name in (*SOURCES, "index.html")]
    for part in ("src", "public"):
        files += sorted(path for path in (folder / part).rglob("*") if path.is_file())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
