"""Every answer that a test gets from the API is held against the OpenAPI document."""

import gzip
import json
import re
from functools import cache
from typing import Any

import jsonschema_rs

from tests.harness.valid_requests import DOCUMENT, OPERATIONS, Operation

ROUTES = [
    (re.compile(re.sub(r"{\w+}", "[^/]+", operation.path)), operation)
    # The fixed paths first: users/me is no users/{user_id}.
    for operation in sorted(OPERATIONS, key=lambda found: found.path.count("{"))
]


def require_documented(method: str, path: str, answer: Any) -> None:
    """Fail unless the document names the answer's status, code, shape and headers.

    What is no operation, as a wrong method or path, and what is a page are not in it.
    """
    operation = operation_of("GET" if method == "HEAD" else method, path)
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if operation is None or kind == "text/html" or answer.status_code == 304:
        return
    told = f"{operation} answered {answer.status_code}"
    status = str(answer.status_code)
    assert status in operation.spec["responses"], f"{told}, which is undocumented"
    documented = operation.spec["responses"][status]
    for name, header in documented.get("headers", {}).items():
        if "$ref" in header:
            header = DOCUMENT["components"]["headers"][header["$ref"].split("/")[-1]]
        if header.get("required"):
            assert name in answer.headers, f"{told} without {name}"
    if method == "HEAD":
        return
    media = documented.get("content", {})
    if answer.streaming or answer.content:
        assert kind in media, f"{told} as {kind}"
    else:
        assert not media, f"{told} without a body"
    # Who reads a file of an export reads it once.
    if kind == "application/json" and not answer.streaming:
        packed = answer.headers.get("Content-Encoding") == "gzip"
        content = gzip.decompress(answer.content) if packed else answer.content
        body = json.loads(content)
        if answer.status_code >= 400 and "detail" in body:
            code = body["detail"]["error_code"]
            assert code in media[kind]["examples"], f"{told} {code}: undocumented"
        if found := next(validator(operation, status).iter_errors(body), None):
            raise AssertionError(f"{told}, unlike its schema: {found}")


def operation_of(method: str, path: str) -> Operation | None:
    path = re.sub(r"^/api/v1(?=/|$)", "/api", path)
    route = next((form for form, _ in ROUTES if form.fullmatch(path)), None)
    for form, operation in ROUTES:
        if form == route and operation.method == method:
            return operation
    return None


@cache
def validator(operation: Operation, status: str) -> Any:
    media = operation.spec["responses"][status]["content"]["application/json"]
    return jsonschema_rs.Draft202012Validator(
        media["schema"] | {"components": DOCUMENT["components"]}, validate_formats=True
    )
