"""The product's settings, and chores for a worker that no product has."""

from focusguard.settings import *  # noqa: F403, TID251  (what this is laid upon)

INSTALLED_APPS = [*INSTALLED_APPS, "tests.live.work.apps.ChoresConfig"]  # noqa: F405  (of the settings above)
