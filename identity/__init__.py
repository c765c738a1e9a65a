"""Ways in beyond the password: second factors, passkeys, providers, tokens for programs.

A part is a package of its own with services, views and urls; its tables stand in
`identity/models`, its line in `identity/urls.py`. What every part shares: `flows` (what
was begun and waits for its next step), `proofs` (who changes a way in has proved anew who
they are), `ways_in` (whether a way in is the last one), and the door of accounts, through
which every sign-in ends (`accounts.devices.one_door`).
"""
