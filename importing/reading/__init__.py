"""Readers of CSV files: pure functions from bytes to rows, and to what is wrong with them."""
