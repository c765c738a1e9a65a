"""Passkeys (WebAuthn): made by a signed-in user, and then both factors of a sign-in."""
