"""Accounts by mail: proofs of an address, resets of a password, notices."""
