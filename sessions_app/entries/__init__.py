"""Entries: the focus that people tell of afterwards, beside what the server saw (ADR 49)."""
