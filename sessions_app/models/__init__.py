"""The tables of focus: what the server saw, what people tell, and how they label both."""

from sessions_app.models.entry import Entry
from sessions_app.models.focus_session import (
    FocusSession,
    FocusSessionQuerySet,
    stands_as,
)
from sessions_app.models.label import Label, LabelQuerySet

__all__ = [
    "Entry",
    "FocusSession",
    "FocusSessionQuerySet",
    "Label",
    "LabelQuerySet",
    "stands_as",
]
