"""API tokens: what a program asks by in its user's name, no further than its scopes."""
