"""The path of statements to Postgres: backend, prepared statements, locks, a replica."""
