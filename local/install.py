"""`python3 -m local.install FILE`: fill .venv, if that is not done yet.

Run by the machine's own Python, before any package is there.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from local.file_locks import locked
from local.local_error import LocalError, proxy_hint, sentence
from local.places import PROJECT, Places


def install(places: Places, requirements: str) -> None:
    """Bring .venv to what `requirements` and its like say. LocalError.

    A stamp in .venv holds what was installed, and is written last: a half-finished
    install does not count. Two at once take turns, and the second finds it done.
    """
    places.make()
    environment = places.project / ".venv"
    stamp = environment / f"installed-{Path(requirements).stem}"
    wanted = _fingerprint(places.project)
    with locked(places.install_lock):
        if not _works(environment):
            _make(environment)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        sys.stdout.write(f"Installing {requirements} ...\n")
        sys.stdout.flush()
        _pip(places.project, environment, requirements)
        stamp.write_text(wanted)


def _fingerprint(project: Path) -> str:
    digest = hashlib.sha256()
    files = ("requirements*.txt", "const*", "benchmarks/requirements.txt")
    for file in sorted(found for name in files for found in project.glob(name)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _works(environment: Path) -> bool:
    """Tell whether its Python and pip run: not after an upgrade took the Python."""
    try:
        asked = subprocess.run(
            [environment / "bin" / "python", "-c", "import pip"],
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return asked.returncode == 0


def _make(environment: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", environment], check=False
    )
    if made.returncode:
        raise LocalError("no virtualenv could be made; the words above say why.")


def _pip(project: Path, environment: Path, requirements: str) -> None:
    done = subprocess.run(
        [
            *(environment / "bin" / "python", "-m", "pip", "install", "--quiet"),
            *("--disable-pip-version-check", "--no-warn-script-location"),
            *("--requirement", requirements),
        ],
        cwd=project,
        check=False,
    )
    if done.returncode:
        raise LocalError(
            f"{requirements} could not be installed; the words above say why. "
            f"Start again when it is mended.{proxy_hint()}"
        )


def main() -> int:
    """Install what the command line names; return the exit status."""
    try:
        install(Places(PROJECT), sys.argv[1])
    except (LocalError, OSError) as error:
        sys.stderr.write(f"focusguard: {sentence(error)}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
