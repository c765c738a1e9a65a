"""The bounds of bodies, as the application gets them."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig

from focusguard.web.bodies import BoundedBodies

MOST, UPLOAD = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.UPLOAD_MAX_SIZE


def read(path, length):
    """Return how much an application reads that asks for all of a body."""
    got = []

    def application(environ, start_response):
        got.append(len(environ["wsgi.input"].read()))
        return []

    environ = {
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(length),
        "wsgi.input": BytesIO(b"x" * length),
    }
    BoundedBodies(application)(environ, None)
    return got[0]


@pytest.mark.parametrize("path", ["/api/imports", "/api/v1/imports"])
def test_a_file_may_be_larger_than_other_bodies(path):
    assert read(path, UPLOAD) == UPLOAD
    with pytest.raises(RequestDataTooBig):
        read(path, UPLOAD + 1)


@pytest.mark.parametrize(
    "path",
    [
        "/api/sessions",
        "/api/imports/1/apply",
        "/api/v2/imports",
        "/x/api/imports",
        "/API/imports",
    ],
)
def test_no_other_address_takes_more(path):
    assert read(path, MOST) == MOST
    with pytest.raises(RequestDataTooBig):
        read(path, MOST + 1)
