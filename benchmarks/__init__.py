"""Benchmarks of FocusGuard, beside the seed's own stack and beside the bare machine."""
