"""CORS by exact comparison."""

from urllib.parse import SplitResult

from corsheaders.conf import conf
from corsheaders.middleware import CorsMiddleware


class ExactCorsMiddleware(CorsMiddleware):
    """Allow an origin that is listed to the letter (RFC 6454, section 6.2).

    django-cors-headers compares what `urlsplit` makes of it, which takes a path along
    and drops tabs.
    """

    def origin_found_in_white_lists(self, origin: str, url: SplitResult) -> bool:
        return origin in conf.CORS_ALLOWED_ORIGINS
