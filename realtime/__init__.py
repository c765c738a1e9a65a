"""Live updates: hints of what was written, and the process that holds the sockets."""
