"""The product's settings, with the linter of migrations that only `make lint` needs."""

from focusguard.settings import *  # noqa: F403, TID251  (what this is laid upon)

INSTALLED_APPS += ["django_migration_linter"]  # noqa: F405  (of the settings above)
