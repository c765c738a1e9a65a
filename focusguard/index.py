"""`/api`: where everything is, for who came without a map."""

import re
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from focusguard import __version__
from focusguard.api.views import ApiViewSet
from focusguard.openapi import described


@extend_schema_serializer(
    description="A method and an address, or a template below the base path whose names "
    "in braces stand for ids."
)
class LinkSerializer(serializers.Serializer[Any]):
    method = serializers.ChoiceField(["GET", "POST", "PUT", "PATCH", "DELETE"])
    href = serializers.CharField(required=False)
    template = serializers.CharField(required=False)


class ApiIndexSerializer(serializers.Serializer[Any]):
    # Not "Index": a generator that gives each shape a file has its own file index.
    name = serializers.CharField()
    version = serializers.CharField()
    docs = serializers.URLField(help_text="For people, who can try requests there.")
    reference = serializers.URLField(help_text="For people who read.")
    openapi = serializers.URLField(help_text="For programs that ask.")
    asyncapi = serializers.URLField(help_text="For programs that listen.")
    health = serializers.URLField()
    operations = serializers.DictField(
        child=LinkSerializer(), help_text="By the name that the document gives them."
    )


EXAMPLE = OpenApiExample(
    "The first of many",
    value={
        "name": "FocusGuard API",
        "version": __version__,
        "docs": "http://localhost:8000/docs",
        "reference": "http://localhost:8000/redoc",
        "openapi": "http://localhost:8000/openapi.json",
        "asyncapi": "http://localhost:8000/asyncapi.json",
        "health": "http://localhost:8000/health",
        "operations": {
            "login": {
                "method": "POST",
                "href": "http://localhost:8000/api/auth/login",
            }
        },
    },
    response_only=True,
)


get_index = extend_schema(
    operation_id="getIndex",
    summary="Where everything is",
    description="Every operation by its name, with its method and its address.",
    tags=["service"],
    examples=[EXAMPLE],
)


class IndexViewSet(ApiViewSet):
    """List all operations by name, with their addresses; open to everybody."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = ApiIndexSerializer

    @get_index
    def retrieve(self, request: Request) -> Response:
        base = request.path.rstrip("/")
        return Response(
            {
                "name": "FocusGuard API",
                "version": __version__,
                "docs": _address(request, "docs"),
                "reference": _address(request, "redoc"),
                "openapi": _address(request, "openapi"),
                "asyncapi": _address(request, "asyncapi"),
                "health": _address(request, "health"),
                "operations": {
                    name: {"method": method} | _place(request, base, path)
                    for name, method, path in described().operations
                },
            }
        )


def _place(request: Request, base: str, path: str) -> dict[str, str]:
    # An address in braces would be followed as one by what follows addresses.
    if "{" in path:
        return {"template": path.removeprefix("/api/")}
    path = re.sub(r"^/api(?=/|$)", base, path)
    return {"href": request.build_absolute_uri(path)}


def _address(request: Request, name: str) -> str:
    # The routes beside the API have no version.
    return request.build_absolute_uri(reverse(name))
