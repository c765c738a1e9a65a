#!/usr/bin/env python
"""Run FocusGuard's management commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "focusguard.settings")
    # Nobody waits for a command as for a request; but `check` judges what will serve.
    if sys.argv[1:2] != ["check"]:
        os.environ.setdefault("STATEMENT_TIMEOUT_MS", "0")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"focusguard: {error}")


if __name__ == "__main__":
    main()
