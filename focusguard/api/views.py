"""The base of every API view: who is asked first, and how ids are read."""

import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import (
    AuthenticationFailed,
    MethodNotAllowed,
    NotAuthenticated,
)
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from focusguard.api.exceptions import InvalidParameter
from focusguard.api.scopes import Scope, require_scope
from focusguard.api.serializers.query import QueryShapes, require_known


class ApiViewSet(ViewSetMixin, GenericAPIView[Any]):
    """A viewset that counts a request before it judges it.

    DRF counts last, so that a flood of refused requests would cost nothing. Here
    the order is: method, who, count, known parameters, may they. Ids in the path are UUIDs; another
    text is 400.
    """

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    # What may stand in the query, by action; another parameter is refused by name.
    query_shapes: ClassVar[Mapping[str, QueryShapes]] = {}
    # The scope by which an API token asks, by action; an action without one takes none.
    token_scopes: ClassVar[Mapping[str, Scope]] = {}
    # A probe, or a file behind a cache: whatever was added to its address is nothing.
    takes_any_query: ClassVar[bool] = False
    # What a repeated 201 tells of was deleted meanwhile: it is found nowhere.
    made_is_gone = False

    def get_authenticators(self) -> list[BaseAuthentication]:
        return _authenticators(tuple(self.authentication_classes))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.format_kwarg = None
        negotiated = self.perform_content_negotiation(request)
        request.accepted_renderer, request.accepted_media_type = negotiated
        version, scheme = self.determine_version(request, *args, **kwargs)
        request.version, request.versioning_scheme = version, scheme
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(str(request.method))
        try:
            self.perform_authentication(request)
        except (AuthenticationFailed, NotAuthenticated):
            request.user = AnonymousUser()
            self.check_throttles(request)
            raise
        self.check_throttles(request)
        if request.META.get("QUERY_STRING") and not self.takes_any_query:
            require_known(self.query_shapes.get(self.action or "", ()), request)
        self.check_permissions(request)

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        require_scope(request.auth, self.token_scopes.get(self.action or ""))

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        # What is personal must not stay in a shared cache.
        self.headers.setdefault("Cache-Control", "no-store")
        made_here = response.status_code == 201 and "id" in response.data
        if made_here and not self.made_is_gone:
            # Of a repeated answer too (Idempotency-Key), which stored the body alone.
            made = f"{request.path}/{response.data['id']}"
            self.headers["Location"] = request.build_absolute_uri(made)
        return super().finalize_response(request, response, *args, **kwargs)


@cache
def _authenticators(
    classes: tuple[type[BaseAuthentication], ...],
) -> list[BaseAuthentication]:
    """Make them once: they keep nothing of a request."""
    return [made() for made in classes]


def parse_id(value: str) -> uuid.UUID:
    """Read an id of the path; InvalidParameter (400) where it is not a UUID."""
    try:
        parsed = uuid.UUID(value)
    except ValueError as error:
        raise InvalidParameter("The id in the path is not a UUID.") from error
    if str(parsed) != value.lower():
        raise InvalidParameter("The id in the path is not a UUID.")
    return parsed
