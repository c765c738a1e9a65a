"""Paths of the local mode: all in `.local/` of the checkout."""

import hashlib
import os
import pwd
import stat
import tempfile
from pathlib import Path

from local.local_error import LocalError

PROJECT = Path(__file__).resolve().parents[1]

# sun_path is 108 bytes on Linux and 104 on macOS; this leaves room for the name.
MAX_SOCKET_DIR = 80


class Places:
    """The folders and files of one checkout's local mode; made by `make` alone."""

    def __init__(self, project: Path = PROJECT) -> None:
        self.project = project
        self.root = project / ".local"
        self.postgres_data = self.root / "postgres"
        self.postgres_log = self.root / "postgres.log"
        self.valkey_data = self.root / "valkey"
        self.valkey_log = self.root / "valkey.log"
        self.valkey_pid = self.root / "valkey.pid"
        self.gunicorn_pid = self.root / "gunicorn.pid"
        self.mail = self.root / "mail"
        self.pictures = self.root / "pictures"
        self.secrets = self.root / "secrets.json"
        self.servers_lock = self.root / "servers.lock"
        self.serve_lock = self.root / "serve.lock"
        self.users_lock = self.root / "users.lock"
        self.install_lock = self.root / "install.lock"
        self.kept_up = self.root / "kept-up"
        self.demo_done = self.root / "demo-data-loaded"

    def make(self) -> None:
        """Create the folders, closed to other users of the machine."""
        for folder in (self.root, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _require_private(self.sockets)

    @property
    def sockets(self) -> Path:
        """The folder of the Unix sockets: ours, or a short one for a long path."""
        inside = self.root / "run"
        if len(os.fsencode(inside)) <= MAX_SOCKET_DIR:
            return inside
        digest = hashlib.sha256(os.fsencode(self.project)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"focusguard-{os.getuid()}-{digest}"

    @property
    def valkey_socket(self) -> Path:
        """The socket that Valkey listens on."""
        return self.sockets / "valkey.sock"


def _require_private(folder: Path) -> None:
    """Refuse a folder that somebody else put where ours should be."""
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid in (os.getuid(), _nobody())
    if not ours:
        raise LocalError(f"{folder} belongs to somebody else; remove it.")
    if found.st_mode & 0o077:
        folder.chmod(0o700)


def _nobody() -> int:
    """The user that Postgres runs as where root cannot get a user namespace."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.getuid()
