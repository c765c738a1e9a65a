"""The surroundings of a request: middlewares, client address, origin, log, figures."""
