"""Shapes of request bodies in the OpenAPI document, as strict as they are read."""

from typing import Any

from focusguard.api.serializers.strict import StrictSerializer

NO_NUL = r"^[^\u0000]*$"


def describe_shape(
    schema: dict[str, Any], serializer: Any, direction: str
) -> dict[str, Any]:
    """Say that a body has no other field and no NUL, and that an answer is read only."""
    fields = schema.get("properties", {})
    if direction == "request" and isinstance(serializer, StrictSerializer):
        schema["additionalProperties"] = False
        schema |= serializer.bounds
        for field in fields.values():
            if field.get("type") == "string" and not field.keys() & {
                *("pattern", "format", "enum")
            }:
                field["pattern"] = NO_NUL
    if direction == "response":
        # Requests have shapes of their own, so the word would say nothing.
        for field in fields.values():
            field.pop("readOnly", None)
    return schema


def tidy(node: Any) -> None:
    """Drop what says a thing twice: a length beside an enum, a list of one schema."""
    if isinstance(node, dict):
        if "enum" in node or "$ref" in node:
            node.pop("minLength", None)
        alone = node.get("allOf")
        if isinstance(alone, list) and len(alone) == 1:
            del node["allOf"]
            node |= alone[0]
            node.pop("minLength", None)
        for value in node.values():
            tidy(value)
    elif isinstance(node, list):
        for value in node:
            tidy(value)
