"""Imports: files of other programs become entries, after a dry run, and can be undone."""
