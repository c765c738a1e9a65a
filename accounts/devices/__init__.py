"""Signed-in devices: their tokens, their cookie, and the requests that they sign."""
