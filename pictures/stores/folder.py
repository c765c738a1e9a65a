"""Pictures in a folder (PICTURES_DIR), which all machines that serve have in common."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pictures.exceptions import PicturesAway
from pictures.stores import id_in, name_of


class FolderStore:
    def __init__(self, path: str) -> None:
        self._folder = Path(path)

    def put(self, picture_id: uuid.UUID, content: bytes) -> None:
        # Whole or not at all: a disk that fills up, or a machine that loses power, leaves
        # no half of a picture under its name.
        with _away():
            part = self._part(picture_id)
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path(picture_id))

    def get(self, picture_id: uuid.UUID) -> bytes | None:
        with _away():
            try:
                return self._path(picture_id).read_bytes()
            except FileNotFoundError:
                return None

    def delete(self, picture_id: uuid.UUID) -> None:
        with _away():
            self._path(picture_id).unlink(missing_ok=True)
            self._part(picture_id).unlink(missing_ok=True)

    def kept(self) -> Iterator[tuple[uuid.UUID, datetime]]:
        with _away(), os.scandir(self._folder) as entries:
            for entry in entries:
                picture_id = id_in(entry.name.removesuffix(".part"))
                if picture_id is not None:
                    written = entry.stat().st_mtime
                    yield picture_id, datetime.fromtimestamp(written, UTC)

    def _path(self, picture_id: uuid.UUID) -> Path:
        return self._folder / name_of(picture_id)

    def _part(self, picture_id: uuid.UUID) -> Path:
        return self._folder / f"{name_of(picture_id)}.part"


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PicturesAway from error
