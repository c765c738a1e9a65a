"""Passwords: their rules, their hashes, and the limits on those who guess them."""
