"""Flows: what was begun and goes on, once, with a token that no table holds.

A token is the id of the flow's row and an HMAC over kind and id, so a copy of the
database opens nothing. A flow ends with its use, with its time and, by a trigger of
`users`, with the password, the sign-out everywhere or the deactivation of its user.
"""
