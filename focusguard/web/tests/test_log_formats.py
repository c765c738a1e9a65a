import logging

import pytest

from focusguard.web.log_formats import JsonLines, ReadableLines, without_details

TOLD = """Traceback (most recent call last):
  File "a.py", line 1, in f
psycopg.errors.CheckViolation: new row for relation "users" violates check constraint "x"
DETAIL:  Failing row contains (1, alice
Smith, alice@focusguard.com).
CONTEXT:  unnamed portal parameter $1 = 'alice@focusguard.com'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "b.py", line 2, in g
django.db.utils.IntegrityError: duplicate key value violates unique constraint "y"
DETAIL:  Key (lower(email))=(alice@focusguard.com) already exists."""


def test_a_traceback_keeps_the_rule_and_loses_the_row():
    left = without_details(TOLD)
    assert "alice" not in left
    assert "Smith" not in left
    assert left.count("Traceback (most recent call last):\n  File ") == 2
    assert 'constraint "x"' in left
    assert 'constraint "y"' in left
    assert "The above exception was the direct cause" in left


@pytest.mark.parametrize("lines", [JsonLines, ReadableLines])
def test_an_error_that_was_logged_as_text_loses_the_row_too(lines):
    record = logging.makeLogRecord(
        {"msg": "not saved: %s", "args": (TOLD.rpartition("Error: ")[2],)}
    )
    line = lines("%(message)s").format(record)
    assert "alice" not in line
    assert "not saved: duplicate key value" in line
