"""What surrounds a request: the server's worker, the middlewares, and what they share."""
