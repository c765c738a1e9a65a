"""Work in the background: a queue in Postgres, its worker, and what is done every minute."""
