"""The product's settings, but that every worker counts alone."""

from focusguard.settings import *  # noqa: F403, TID251  (what this is laid upon)

CACHES = CACHES | {  # noqa: F405  (of the settings above)
    "counters": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
