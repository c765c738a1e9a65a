"""What the OpenAPI document says about every route, written once."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_doc
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers

from focusguard.api.envelope import FieldErrors
from focusguard.api.errors import MESSAGES, first_failures
from focusguard.api.exceptions import DomainError
from focusguard.api.serializers import StrictSerializer

TIMESTAMP = "2026-01-18T15:30:00Z"
REQUEST_ID = "6f1c1f0e9b7a4c53a1f0d6a3b2c4e5f7"
ERROR_REF = "#/components/schemas/Error"


class ErrorDetailSerializer(serializers.Serializer[Any]):
    message = serializers.CharField(help_text="For people; may change.")
    error_code = serializers.CharField(help_text="For programs; stable.")
    status_code = serializers.IntegerField(help_text="The HTTP status.")
    timestamp = serializers.DateTimeField()
    request_id = serializers.CharField(help_text="Also in X-Request-ID.")
    # The contract's name hides Serializer.errors; this one only describes.
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Messages by field.",
    )


class ErrorSerializer(serializers.Serializer[Any]):
    """The one shape of every error."""

    detail = ErrorDetailSerializer()


class ApiSchema(AutoSchema):
    """Describes an operation by what was written for it, not by its viewset."""

    def get_override_parameters(self) -> list[Any]:
        action = getattr(self.view, "action", None)
        return [*getattr(self.view, "query_shapes", {}).get(action, ())]

    # drf-spectacular narrows what DRF declares.
    def get_description(self) -> str:  # type: ignore[override]
        action = getattr(self.view, getattr(self.view, "action", ""), None)
        return str(get_doc(action)) if action else ""


def error_example(
    status: int, code: str, message: str, errors: FieldErrors | None = None
) -> dict[str, Any]:
    detail: dict[str, Any] = {
        "message": message,
        "error_code": code,
        "status_code": status,
        "timestamp": TIMESTAMP,
        "request_id": REQUEST_ID,
    }
    if errors:
        detail["errors"] = dict(errors)
    return {"detail": detail}


def domain_errors(*errors: type[DomainError]) -> dict[int, OpenApiResponse]:
    """Document what a route's own rules answer: a response a status, an example a code."""
    by_status: dict[int, list[type[DomainError]]] = {}
    for error in errors:
        by_status.setdefault(error.status_code, []).append(error)
    return {
        status: OpenApiResponse(
            ErrorSerializer,
            description=" / ".join(f"`{error.code}`" for error in group),
            examples=[
                OpenApiExample(
                    error.code,
                    value=error_example(
                        status,
                        error.code,
                        error.message,
                        error().errors or error.example_errors,
                    ),
                    response_only=True,
                    status_codes=[str(status)],
                )
                for error in group
            ],
        )
        for status, group in by_status.items()
    }


def keep_base_path(
    endpoints: Iterable[tuple[str, str, str, Any]], **kwargs: Any
) -> list[tuple[str, str, str, Any]]:
    """List each route once: `/api/v1` is the same URLconf as `/api`."""
    return [
        endpoint for endpoint in endpoints if not endpoint[0].startswith("/api/v1/")
    ]


def add_common_answers(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Give every operation the answers that do not depend on its own rules."""
    schemas = result["components"].setdefault("schemas", {})
    for path, operations in result["paths"].items():
        for operation in operations.values():
            for status in _common_statuses(path, operation):
                _add_answer(operation["responses"], status)
            operation["responses"] = dict(sorted(operation["responses"].items()))
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result


def close_request_bodies(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Say that a body has no other fields, and that no text of it has a NUL."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
            for field in schema["properties"].values():
                if field.get("type") == "string" and not field.keys() & {
                    *("pattern", "format", "enum")
                }:
                    field["pattern"] = r"^[^\u0000]*$"
            if schema.get("description") == get_doc(StrictSerializer):
                del schema["description"]
    return result


def ask_for_a_change(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Say that a PATCH has a body and that it changes something."""
    for operations in result["paths"].values():
        if "patch" in operations:
            operations["patch"]["requestBody"]["required"] = True
    for name, schema in result["components"]["schemas"].items():
        if name.startswith("Patched"):
            schema["minProperties"] = 1
    return result


def _common_statuses(path: str, operation: dict[str, Any]) -> list[int]:
    if not path.startswith("/api/"):
        return []
    statuses = [400, 429, 500, 503]
    if any(parameter["in"] == "query" for parameter in operation.get("parameters", [])):
        statuses.append(414)
    if {"jwtAuth": []} in operation.get("security", []):
        statuses.append(401)
    if "requestBody" in operation:
        statuses += [413, 415, 422]
    return statuses


def _add_answer(responses: dict[str, Any], status: int) -> None:
    """Add the answer, or its example to one that the route documents already."""
    code, message = MESSAGES[status]
    errors = {"field": ["This field is required."]} if status == 422 else None
    said = first_failures(errors) if errors else message
    example = {"value": error_example(status, code, said, errors)}
    answer = responses.setdefault(str(status), {"description": message})
    content = answer.setdefault("content", {}).setdefault("application/json", {})
    content.setdefault("schema", {"$ref": ERROR_REF})
    content.setdefault("examples", {}).setdefault(code, example)
    if status in (429, 503):
        answer["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait.",
                "schema": {"type": "integer"},
            }
        }
    if status == 401:
        answer["headers"] = {
            "WWW-Authenticate": {
                "description": "`Bearer`; of a token that was sent and refused with "
                '`error="invalid_token"` (RFC 6750).',
                "schema": {"type": "string"},
            }
        }
