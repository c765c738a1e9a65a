"""Consequences of deleting a session, told before it is done."""
