"""How long a test waits for an event."""

# Far above what anything takes: it only keeps a hang from lasting for ever.
DEADLINE = 120  # seconds
