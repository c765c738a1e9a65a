"""Errors in the one envelope, wherever they are raised."""
