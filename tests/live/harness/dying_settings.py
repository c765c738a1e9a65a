"""The stacks' settings, and workers that die between COMMIT and PUBLISH."""

from tests.live.harness.cheap_settings import *  # noqa: F403  (what this is laid upon)

INSTALLED_APPS = [*INSTALLED_APPS, "tests.live.realtime.apps.DyingConfig"]  # noqa: F405  (of the settings above)
