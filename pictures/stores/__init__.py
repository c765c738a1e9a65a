"""The place where the files of pictures are: a folder, or a bucket of S3."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings

from pictures.exceptions import PicturesOff


class Store(Protocol):
    """Files by the id of their picture; each call may raise PicturesAway."""

    def put(self, picture_id: uuid.UUID, content: bytes) -> None:
        """Keep a file, so that it is there whatever happens next."""

    def get(self, picture_id: uuid.UUID) -> bytes | None:
        """Return a file; None where there is none."""

    def delete(self, picture_id: uuid.UUID) -> None:
        """Delete a file; again is fine."""

    def kept(self) -> Iterator[tuple[uuid.UUID, datetime]]:
        """List the files, with when each was written."""


def store() -> Store:
    """Return the place that the settings name. PicturesOff where they name none."""
    if settings.PICTURES_DIR:
        return _folder(settings.PICTURES_DIR)
    if settings.PICTURES_S3_BUCKET:
        return _bucket(
            settings.PICTURES_S3_BUCKET,
            settings.PICTURES_S3_ENDPOINT,
            settings.PICTURES_S3_REGION,
        )
    raise PicturesOff


def name_of(picture_id: uuid.UUID) -> str:
    """Return the name of a picture's file, the same in each store."""
    return f"{picture_id.hex}.webp"


def id_in(name: str) -> uuid.UUID | None:
    """Return whose file this is by its name; None where it is none of ours."""
    stem = name.removesuffix(".webp")
    try:
        found = uuid.UUID(stem)
    except ValueError:
        return None
    return found if name == name_of(found) else None


@cache
def _folder(path: str) -> Store:
    from pictures.stores.folder import FolderStore

    return FolderStore(path)


@cache
def _bucket(bucket: str, endpoint: str, region: str) -> Store:
    # boto3 takes 25 MB, and is asked for where there is a bucket alone.
    from pictures.stores.s3 import S3Store

    return S3Store(bucket, endpoint=endpoint, region=region)
