"""A Postgres and a Valkey of our own under `.local/`, for a machine that has none.

For development, tests and a first look. Production sets DATABASE_URL and REDIS_URL.
"""
