"""How fast FocusGuard is, beside the seed's own stack and beside the bare machine."""
