"""Pictures in a bucket of S3 (PICTURES_S3_BUCKET), of Amazon's or of who speaks as they do.

Credentials are boto3's own: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of the
machine. An S3 that hangs takes four threads of a worker at most, and then none for a while.
"""

import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from pictures.exceptions import PicturesAway
from pictures.stores import id_in, name_of

logger = logging.getLogger(__name__)

# Requests of a worker at once, and how long one more waits for its turn.
AT_ONCE = 4
PATIENCE = 0.5  # seconds
# Nobody is let to wait for an S3 that has just failed.
REST = 5  # seconds
# What a key is answered with that is not there: 403 where the bucket cannot be listed. By
# the code and not by the status, which wrong credentials and a wrong bucket have too.
DENIED = "AccessDenied"
ABSENT = ("NoSuchKey", DENIED)
# What is refused until somebody does something about it.
CREDENTIALS = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a pair that it knows"
REGION = "set PICTURES_S3_REGION to that of the bucket"
TO_DO = {
    "InvalidAccessKeyId": CREDENTIALS,
    "SignatureDoesNotMatch": CREDENTIALS,
    "ExpiredToken": CREDENTIALS,
    "InvalidToken": CREDENTIALS,
    "NoCredentialsError": CREDENTIALS,
    "PartialCredentialsError": CREDENTIALS,
    "NoSuchBucket": "set PICTURES_S3_BUCKET to one that is there",
    "AuthorizationHeaderMalformed": REGION,
    "PermanentRedirect": REGION,
    "RequestTimeTooSkewed": "set the clock of this machine",
    DENIED: "allow s3:PutObject, s3:GetObject, s3:DeleteObject and s3:ListBucket",
}


class S3Store:
    def __init__(self, bucket: str, *, endpoint: str = "", region: str = "") -> None:
        self._bucket = bucket
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region or None,
            config=Config(
                signature_version="s3v4",
                connect_timeout=2,
                read_timeout=5,
                retries={"mode": "standard", "total_max_attempts": 2},
                max_pool_connections=AT_ONCE,
                # Backblaze, Google, R2 and older MinIO refuse the checksums that boto3
                # sends by itself since 1.36.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )
        self._places = BoundedSemaphore(AT_ONCE)
        self._rests_until = 0.0

    def put(self, picture_id: uuid.UUID, content: bytes) -> None:
        with self._asking():
            self._client.put_object(
                Bucket=self._bucket,
                Key=name_of(picture_id),
                Body=content,
                ContentType="image/webp",
            )

    def get(self, picture_id: uuid.UUID) -> bytes | None:
        with self._asking():
            try:
                found = self._client.get_object(
                    Bucket=self._bucket, Key=name_of(picture_id)
                )
            except ClientError as error:
                if _name(error) in ABSENT:
                    return None
                raise
            content: bytes = found["Body"].read()
            return content

    def delete(self, picture_id: uuid.UUID) -> None:
        with self._asking():
            self._client.delete_object(Bucket=self._bucket, Key=name_of(picture_id))

    def kept(self) -> Iterator[tuple[uuid.UUID, datetime]]:
        pages = self._client.get_paginator("list_objects_v2")
        with self._asking():
            for page in pages.paginate(Bucket=self._bucket):
                for found in page.get("Contents", []):
                    picture_id = id_in(found["Key"])
                    if picture_id is not None:
                        yield picture_id, found["LastModified"]

    @contextmanager
    def _asking(self) -> Iterator[None]:
        if time.monotonic() < self._rests_until:
            raise PicturesAway(retry_after=REST)
        if not self._places.acquire(timeout=PATIENCE):
            raise PicturesAway(retry_after=1)
        try:
            yield
        except (BotoCoreError, ClientError) as error:
            # Which part of it said no, and never with whose key.
            name = _name(error)
            if name in TO_DO:
                logger.error("S3 refuses us, %s: %s", name, TO_DO[name])
            else:
                logger.warning("S3 away: %s", name)
            # A right that lacks for one request is there for others.
            if _status(error) >= 500 or (name in TO_DO and name != DENIED):
                self._rests_until = time.monotonic() + REST
            raise PicturesAway(retry_after=REST) from error
        finally:
            self._places.release()


def _status(error: BotoCoreError | ClientError) -> int:
    """Return the status of an answer; 599 where there was none."""
    if not isinstance(error, ClientError):
        return 599
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 599))


def _name(error: BotoCoreError | ClientError) -> str:
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "unknown"))
    return type(error).__name__
