"""Believable people for a demonstration or a trial under load. Nothing imports it."""
