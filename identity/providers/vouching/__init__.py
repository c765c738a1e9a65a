"""Asking a provider who has signed in there: bounded, and believed in nothing unproven."""
