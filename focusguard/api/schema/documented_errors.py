"""Every error that a client can meet: its code, its status, how it is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema_serializer,
)
from rest_framework import serializers

from focusguard.api.errors.body import FieldErrors, error_body
from focusguard.api.errors.envelope import MESSAGES
from focusguard.api.errors.handler import first_failures
from focusguard.api.errors.refusals import REFUSALS
from focusguard.api.exceptions import DomainError

TIMESTAMP = "2026-01-18T15:30:00Z"
REQUEST_ID = "6f1c1f0e9b7a4c53a1f0d6a3b2c4e5f7"


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """An error as a client sees it."""

    status: int
    code: str
    message: str
    errors: FieldErrors | None = field(default=None, compare=False)

    @classmethod
    def of(cls, error: type[DomainError]) -> "Refusal":
        errors = error().errors or error.example_errors
        return cls(error.status_code, error.code, error.message, errors)

    @classmethod
    def by_status(cls, status: int, errors: FieldErrors | None = None) -> "Refusal":
        """Make the error that a status has where nothing says more."""
        code, message = MESSAGES[status]
        return cls(status, code, message, errors)

    @property
    def example(self) -> dict[str, Any]:
        said = self.message
        if self.errors and self.status == 422:
            said = first_failures(self.errors)
        body = error_body(
            message=said,
            code=self.code,
            status=self.status,
            request_id=REQUEST_ID,
            errors=self.errors,
        )
        body["detail"]["timestamp"] = TIMESTAMP
        return body


def every_refusal() -> list[Refusal]:
    """List them all, by status and code: of our rules, of DRF, of the server."""
    known = {Refusal.by_status(status) for status in MESSAGES}
    known |= {Refusal(status, code, text) for _, status, code, text in REFUSALS}
    known |= {Refusal.of(error) for error in _descendants(DomainError)}
    # The first that says a code says it best: a rule's words before a status's.
    by_code = {(refusal.code, refusal.status): refusal for refusal in sorted(known)}
    return sorted(by_code.values())


def _descendants(root: type[DomainError]) -> Iterator[type[DomainError]]:
    for error in root.__subclasses__():
        # What a test or the staff's pages refuse is no answer of the API.
        if not {"tests", "admin"} & set(error.__module__.split(".")):
            yield error
        yield from _descendants(error)


def table() -> str:
    """Write all errors as a table of Markdown."""
    rows = [
        f"| {refusal.status} | `{refusal.code}` | {refusal.message} |"
        for refusal in every_refusal()
    ]
    return "\n".join(["| status | `error_code` | message |", "|---|---|---|", *rows])


class ErrorDetailSerializer(serializers.Serializer[Any]):
    message = serializers.CharField(help_text="For people; may change.")
    status_code = serializers.IntegerField(help_text="The HTTP status.")
    timestamp = serializers.DateTimeField()
    request_id = serializers.CharField(help_text="Also in X-Request-ID.")
    # The contract's name hides Serializer.errors; this one only describes.
    errors = serializers.DictField(  # type: ignore[assignment]  # a field, where DRF keeps errors
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Messages by field; a rule that names no field is under "
        "`non_field_errors`.",
    )

    def get_fields(self) -> dict[str, Any]:
        # The codes are all known only when every app has been loaded.
        fields = super().get_fields()
        codes = sorted({refusal.code for refusal in every_refusal()})
        code = serializers.ChoiceField(codes, help_text="For programs; stable.")
        return {"message": fields.pop("message"), "error_code": code, **fields}


@extend_schema_serializer(description="The one shape of every error.")
class ErrorSerializer(serializers.Serializer[Any]):
    detail = ErrorDetailSerializer()


def domain_errors(*errors: type[DomainError]) -> dict[int, OpenApiResponse]:
    """Document what a route's own rules answer: a response a status, an example a code."""
    by_status: dict[int, list[Refusal]] = {}
    for error in errors:
        by_status.setdefault(error.status_code, []).append(Refusal.of(error))
    return {
        status: OpenApiResponse(
            ErrorSerializer,
            examples=[
                OpenApiExample(
                    refusal.code,
                    value=refusal.example,
                    response_only=True,
                    status_codes=[str(status)],
                )
                for refusal in group
            ],
        )
        for status, group in by_status.items()
    }


def add_refusals(
    responses: dict[str, Any], refusals: Iterable[Refusal], ref: dict[str, str]
) -> None:
    """Add errors to what an operation answers, each with its example; `ref` is the shape."""
    for refusal in refusals:
        answer = responses.setdefault(str(refusal.status), {})
        content = answer.setdefault("content", {}).setdefault("application/json", {})
        content.setdefault("schema", dict(ref))
        content.setdefault("examples", {}).setdefault(
            refusal.code, {"value": refusal.example}
        )


def name_by_code(answer: dict[str, Any]) -> None:
    """Name the examples of errors as their codes, which drf-spectacular respells."""
    for media in answer.get("content", {}).values():
        for name, example in list(media.get("examples", {}).items()):
            value = example["value"]
            if isinstance(value, dict) and "detail" in value:
                del media["examples"][name]
                media["examples"][value["detail"]["error_code"]] = {"value": value}
