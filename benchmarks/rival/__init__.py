"""The stack that the seed asks for, serving the hot routes over the same tables."""
