"""Formats of log lines, without what people typed.

Postgres explains a refused row by its values ("Key (lower(email))=(…) already exists"),
and psycopg hands that on in the text of its errors: e-mail addresses would outlive the
accounts that they are of.
"""

import logging
import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# The line that Postgres begins so, and those that go on with it.
EXPLAINED = re.compile(
    r"(?m)^(DETAIL|CONTEXT|QUERY): .*(?:\n(?!\S+:|Traceback|  File|\Z|\n).*)*"
)

# An API token, wherever somebody put it: into a path, a query, the text of an error.
TOKEN_PREFIX = "fgp_"  # noqa: S105  (the beginning of each)
API_TOKEN = re.compile(TOKEN_PREFIX + r"[0-9A-Za-z]{9,}")


def without_tokens(text: str) -> str:
    """Leave out API tokens, which open what they open for whoever reads the log."""
    # A plain search first: every request's line comes by, and few have one.
    return API_TOKEN.sub(TOKEN_PREFIX + "*", text) if TOKEN_PREFIX in text else text


def without_details(text: str) -> str:
    """Leave out what Postgres tells of the values that it refused."""
    return EXPLAINED.sub(r"\1:  (left out)", text)


class _WithoutDetails(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # noqa: N802  (logging's own name)
        return without_details(super().formatException(ei))


class ReadableLines(_WithoutDetails):
    """A line for people, in local mode."""

    def formatMessage(self, record: Any) -> str:  # noqa: N802  (logging's own name)
        return without_details(super().formatMessage(record))


class JsonLines(_WithoutDetails, JsonFormatter):
    """A JSON object a line."""

    def process_log_record(self, log_data: Any) -> Any:
        # What Postgres explains begins a line; ours of requests are one.
        if "\n" in log_data.get("message", ""):
            log_data["message"] = without_details(log_data["message"])
        return super().process_log_record(log_data)
