"""The files of the repository, as git lists them."""

import subprocess

from django.conf import settings

ROOT = settings.BASE_DIR


def tracked():
    out = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode()
    # An archive of the sources has no index to ask.
    names = [name for name in out.split("\0") if name] or [
        str(path.relative_to(ROOT))
        for folder in ("focusguard", "accounts", "docs", "tests")
        for path in (ROOT / folder).rglob("*")
    ]
    return [name for name in names if (ROOT / name).is_file()]
