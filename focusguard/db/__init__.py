"""How statements reach Postgres: the backend, prepared statements, locks, a replica."""
