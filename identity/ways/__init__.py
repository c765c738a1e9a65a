"""The ways that this installation offers, told to who is not signed in."""
