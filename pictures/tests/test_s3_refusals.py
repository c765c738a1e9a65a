"""Answers of S3 that are no picture: which of them is one that is not there."""

import uuid

import boto3
import pytest
from botocore.stub import Stubber

from pictures.exceptions import PicturesAway
from pictures.stores.s3 import S3Store

PICTURE = uuid.UUID(int=1)


@pytest.fixture
def answering(monkeypatch):
    """Make a store whose S3 refuses what it is asked, in this order and no more."""
    # It would remember the credentials for the tests to come.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")

    def refusing(*answers):
        store = S3Store("pictures", endpoint="http://s3.test", region="us-east-1")
        s3 = Stubber(store._client)
        for asked, code, status in answers:
            s3.add_client_error(asked, code, http_status_code=status)
        s3.activate()
        return store

    return refusing


def told(caplog):
    return [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name.startswith("pictures")
    ]


@pytest.mark.parametrize(
    ("code", "status"), [("NoSuchKey", 404), ("AccessDenied", 403)]
)
def test_a_key_that_is_not_there_is_no_fault(answering, caplog, code, status):
    store = answering(*[("get_object", code, status)] * 2)
    assert store.get(PICTURE) is None
    assert store.get(PICTURE) is None
    assert told(caplog) == []


@pytest.mark.parametrize(
    ("code", "status", "setting"),
    [
        ("SignatureDoesNotMatch", 403, "AWS_SECRET_ACCESS_KEY"),
        ("InvalidAccessKeyId", 403, "AWS_ACCESS_KEY_ID"),
        ("NoSuchBucket", 404, "PICTURES_S3_BUCKET"),
        ("AuthorizationHeaderMalformed", 400, "PICTURES_S3_REGION"),
        ("RequestTimeTooSkewed", 403, "clock"),
    ],
)
def test_a_wrong_setting_is_no_missing_picture(
    answering, caplog, code, status, setting
):
    """Caught, where 403 and 404 are read as "not there": pictures were gone, the export
    looked whole, and the log said nothing. A board's hundred write one line."""
    store = answering(("get_object", code, status))
    for _ in range(3):
        with pytest.raises(PicturesAway):
            store.get(PICTURE)
    ((level, line),) = told(caplog)
    assert level == "ERROR"
    assert code in line
    assert setting in line


def test_a_right_that_lacks_shuts_out_nobody_else(answering, caplog):
    store = answering(
        ("put_object", "AccessDenied", 403), ("get_object", "NoSuchKey", 404)
    )
    with pytest.raises(PicturesAway):
        store.put(PICTURE, b"picture")
    assert store.get(PICTURE) is None
    ((level, line),) = told(caplog)
    assert level == "ERROR"
    assert "s3:PutObject" in line


def test_an_s3_in_trouble_is_asked_again_later(answering, caplog):
    """Asked once, and then not for a while."""
    store = answering(("get_object", "SlowDown", 503))
    for _ in range(2):
        with pytest.raises(PicturesAway):
            store.get(PICTURE)
    assert told(caplog) == [("WARNING", "S3 away: SlowDown")]
