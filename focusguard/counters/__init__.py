"""Exact counters across workers, in Postgres or in Valkey."""
