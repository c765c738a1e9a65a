"""The surroundings of a request: gunicorn's worker, middlewares, client address, log."""
