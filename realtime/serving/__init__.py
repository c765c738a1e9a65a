"""The realtime process: sockets, and the statement that says what each may see."""
