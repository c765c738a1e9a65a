"""The stack that seed.md asks for, serving the hot routes over the same tables."""
