"""An S3 of a test's own, which it may freeze: moto, or s3rver, which looks at signatures."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import boto3
import psutil

from local.processes import wait_until
from tests.harness.bounds import DEADLINE
from tests.live.harness.programs import node_program
from tests.live.harness.stack import free_port

BUCKET = "pictures"
# The only ones that s3rver knows; moto takes any.
KEYS = {
    "AWS_ACCESS_KEY_ID": "S3RVER",
    "AWS_SECRET_ACCESS_KEY": "S3RVER",
    "AWS_EC2_METADATA_DISABLED": "true",
}


class ObjectStore:
    def __init__(self, process: subprocess.Popen[Any], port: int) -> None:
        self._process = process
        self.url = f"http://127.0.0.1:{port}"
        self._client = boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )

    @property
    def environment(self) -> dict[str, str]:
        """Say what a stack needs to keep its pictures here."""
        return KEYS | {
            "PICTURES_S3_BUCKET": BUCKET,
            "PICTURES_S3_ENDPOINT": self.url,
            "PICTURES_S3_REGION": "us-east-1",
        }

    def make_bucket(self) -> None:
        self._client.create_bucket(Bucket=BUCKET)

    def names(self) -> list[str]:
        found = self._client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return [one["Key"] for one in found]

    def is_idle(self) -> bool:
        """Say whether all that a client gave up has been carried out, and hung up on."""
        return not any(
            found.status == psutil.CONN_CLOSE_WAIT
            for found in psutil.Process(self._process.pid).net_connections("tcp")
        )

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Answer nothing, and refuse nothing, until the block ends."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


@contextmanager
def moto(folder: Path) -> Iterator[ObjectStore]:
    port = free_port()
    with (folder / "s3.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-p", str(port)],
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        store = ObjectStore(process, port)
        assert wait_until(lambda: _moto_is_up(store.url), seconds=DEADLINE), (
            folder / "s3.log"
        ).read_text()
        store.make_bucket()
        yield store
    finally:
        process.kill()
        process.wait()


def _moto_is_up(url: str) -> bool:
    try:
        with urlopen(f"{url}/moto-api/") as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


@contextmanager
def s3rver(folder: Path) -> Iterator[ObjectStore]:
    port = free_port()
    with node_program("s3rver.mjs", str(port), str(folder), BUCKET) as process:
        yield ObjectStore(process, port)


STORES = {"moto": moto, "s3rver": s3rver}
