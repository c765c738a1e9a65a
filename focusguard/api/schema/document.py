"""The head of the document: its prose, its tags, and where it is served."""

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings

from focusguard.api.schema import documented_errors
from focusguard.api.schema.headers import HEADERS
from focusguard.api.schema.shapes import tidy
from focusguard.api.scopes import Scope

HERE = Path(__file__).parent
# The paths that other routes stand for as well: the version's, and with its slash.
ALSO = re.compile(r"/api/v1(/|$)|/api/$")


def keep_base_path(
    endpoints: Iterable[tuple[str, str, str, Any]], **kwargs: Any
) -> list[tuple[str, str, str, Any]]:
    """List each route once: `/api/v1` is the same URLconf as `/api`."""
    return [endpoint for endpoint in endpoints if not ALSO.match(endpoint[0])]


def complete(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Add what no operation says by itself."""
    result["info"]["description"] = about()
    result["servers"] = [{"url": "/", "description": "Where this document is served."}]
    result["tags"] = tags()
    components = result["components"]
    components["headers"] = HEADERS
    components.setdefault("securitySchemes", {})["refreshCookie"] = {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.REFRESH_COOKIE_NAME,
        "description": "The refresh token as the cookie that a sign-in sets; taken "
        "only with an `Origin` that is ours or in `ALLOWED_ORIGINS`.",
    }
    for name, parts in components.items():
        components[name] = dict(sorted(parts.items()))
    tidy(result)
    return result


def about() -> str:
    """Return what the document says of the API as a whole, with this server's figures."""
    return Template((HERE / "about.md").read_text()).substitute(
        per_minute=settings.RATE_LIMIT_PER_MINUTE,
        access_minutes=settings.ACCESS_TOKEN_LIFETIME // timedelta(minutes=1),
        access_seconds=settings.ACCESS_TOKEN_LIFETIME // timedelta(seconds=1),
        refresh_days=settings.REFRESH_TOKEN_LIFETIME // timedelta(days=1),
        cookie=settings.REFRESH_COOKIE_NAME,
        errors=documented_errors.table(),
        scopes="\n".join(f"| `{value}` | {told} |" for value, told in Scope.choices),
    )


def tags() -> list[dict[str, str]]:
    """Read `tags.md`: a heading a tag, its description below."""
    _, *parts = re.split(r"^## (.+)$", (HERE / "tags.md").read_text(), flags=re.M)
    return [
        {"name": name, "description": text.strip()}
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    ]
