"""E-mail: an outbox in the database, and what sends from it. It knows no other app."""
