"""Loaded by schemathesis before it makes up requests."""

import uuid

import hypothesis
import schemathesis
from schemathesis.generation.modes import GenerationMode


def stay(*args, **kwargs):
    """Stand in for `target`: climbing towards a goal can go on for ever (a known seed)."""


# schemathesis has no switch for that phase.
hypothesis.target = stay


@schemathesis.hook
def before_call(context, case, kwargs):
    """Use no good key twice: it would be told the first answer, of what may have gone.

    Keys that are not taken stay as they are made up, and so does what has none.
    """
    key = (case.headers or {}).get("Idempotency-Key")
    if key and case.meta and case.meta.generation.mode is GenerationMode.POSITIVE:
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
