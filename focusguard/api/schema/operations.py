"""Parameters, headers and answers that operations share in the OpenAPI document."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from drf_spectacular.drainage import get_override
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_doc
from rest_framework.settings import api_settings

from focusguard.api.exceptions import HttpsRequired, InvalidParameter
from focusguard.api.schema.documented_errors import (
    ErrorSerializer,
    Refusal,
    add_refusals,
    name_by_code,
)
from focusguard.api.schema.headers import answer_headers
from focusguard.api.schema.shapes import describe_shape
from focusguard.api.scopes import ScopeMissing


class ApiSchema(AutoSchema):
    """Describes an operation by what was written for it, and by what every one does."""

    def get_override_parameters(self) -> list[Any]:
        action = getattr(self.view, "action", None)
        return [*getattr(self.view, "query_shapes", {}).get(action, ())]

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular narrows it
        action = getattr(self.view, getattr(self.view, "action", ""), None)
        return str(get_doc(action)) if action else ""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        # An empty requirement alone asks for nothing, as no requirement does.
        security = operation.get("security", [])
        operation["security"] = security if any(security) else []
        body = self.get_request_serializer()
        if getattr(body, "bounds", None) or isinstance(body, dict):
            operation["requestBody"]["required"] = True
        self._tell_scopes(operation)
        responses = operation["responses"]
        for answer in responses.values():
            name_by_code(answer)
        shape = self.resolve_serializer(ErrorSerializer, "response").ref
        add_refusals(responses, self._common_refusals(operation), shape)
        counted = bool(self.view.throttle_classes)
        parameters = operation.get("parameters", [])
        kept = any(named["name"] == "If-None-Match" for named in parameters)
        if kept:
            responses["304"] = {}
        for status, answer in responses.items():
            answer["description"] = self._description_of(status, answer)
            answer["headers"] = {
                **answer_headers(int(status), answer, counted=counted, kept=kept),
                **answer.get("headers", {}),
            }
        operation["responses"] = dict(sorted(responses.items()))
        return operation

    def _tell_scopes(self, operation: dict[str, Any]) -> None:
        """Say in words which scope a program needs: most pages show no requirement's."""
        for requirement in operation["security"]:
            for scope in requirement.get("apiToken", ()):
                told = f"Takes an API token with the scope `{scope}`."
                given = operation.get("description", "")
                operation["description"] = f"{given}\n\n{told}".strip()

    def _common_refusals(self, operation: dict[str, Any]) -> Iterator[Refusal]:
        yield Refusal.by_status(400)
        if not self.path.startswith("/api"):
            return
        yield Refusal.of(InvalidParameter)
        yield Refusal.of(HttpsRequired)
        for status in (429, 500, 503):
            yield Refusal.by_status(status)
        places = {parameter["in"] for parameter in operation.get("parameters", [])}
        if places & {"path", "query"}:
            yield Refusal.by_status(414)
        if {"jwtAuth": []} in operation["security"]:
            yield Refusal.by_status(401)
            yield Refusal.of(ScopeMissing)
            for authenticator in self.view.get_authenticators():
                for error in getattr(authenticator, "refusals", ()):
                    yield Refusal.of(error)
        if "requestBody" in operation:
            yield Refusal.by_status(413)
            yield Refusal.by_status(415)
            yield Refusal.by_status(422, self._example_of_a_bad_field())

    def _example_of_a_bad_field(self) -> dict[str, list[str]]:
        body: Any = self.get_request_serializer()
        if isinstance(body, dict):  # a file, by its media type
            return {api_settings.NON_FIELD_ERRORS_KEY: ["The body is empty."]}
        if isinstance(body, type):
            body = body()
        name, field = next(iter(body.fields.items()))
        return {name: [str(field.error_messages["null"])]}

    def _description_of(self, status: str, answer: dict[str, Any]) -> str:
        """Name what a status means here: the codes of an error, else its phrase."""
        given = str(answer.get("description", ""))
        if int(status) < 400:
            return given if given and "No response" not in given else _phrase(status)
        examples: dict[str, Any] = {}
        for media in answer.get("content", {}).values():
            examples |= media.get("examples", {})
        codes = [f"`{code}`" for code in sorted(examples) if code.isupper()]
        return given or " / ".join(codes) or _phrase(status)

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]  # comes untyped
        # A docstring is for who works on the code; for readers it is said apart.
        schema.pop("description", None)
        if description := get_override(serializer, "description"):
            schema["description"] = description
        return describe_shape(schema, serializer, direction)


def _phrase(status: str) -> str:
    return HTTPStatus(int(status)).phrase
