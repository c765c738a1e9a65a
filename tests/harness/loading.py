"""The chain of middlewares of a test's clients, loaded once for all that differ in nothing."""

from django.conf import UserSettingsHolder, settings
from django.core.handlers.base import BaseHandler

LOADED = (
    "_view_middleware",
    "_template_response_middleware",
    "_exception_middleware",
    "_middleware_chain",
)
# Every test sets it, and no middleware reads it as it is loaded.
USUAL = {"RATE_LIMIT_ENABLED"}


def load_middleware_once(load):
    """Return `BaseHandler.load_middleware` that takes the chain of an earlier client.

    Each client loaded 16 of them, a thirtieth of the suite. Where a test has settings of
    its own they are loaded anew, since some are read only then.
    """
    kept = {}

    def load_middleware(handler: BaseHandler, is_async=False):
        if overridden() - USUAL:
            load(handler, is_async)
            return
        if is_async not in kept:
            load(handler, is_async)
            kept[is_async] = {name: getattr(handler, name) for name in LOADED}
        vars(handler).update(kept[is_async])

    return load_middleware


def overridden():
    """Return the names of the settings that the test has set."""
    names, holder = set(), settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        names |= vars(holder).keys() - {"default_settings", "_deleted"}
        holder = holder.default_settings
    return names
