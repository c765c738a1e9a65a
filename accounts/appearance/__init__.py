"""How a user appears wherever they are shown."""
