"""API versions under two paths: `/api` is the default, `/api/v1` names it."""

from typing import Any

from rest_framework.request import Request
from rest_framework.versioning import NamespaceVersioning


class ApiVersioning(NamespaceVersioning):
    """Take the version from the URL's namespace, or the default where it has none."""

    def determine_version(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        match = getattr(request, "resolver_match", None)
        for namespace in match.namespaces if match else ():
            if self.is_allowed_version(namespace):
                return namespace
        return self.default_version
