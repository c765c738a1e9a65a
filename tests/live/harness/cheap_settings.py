"""The product's settings, but that passwords cost nothing to hash.

At the real cost racers come out of the hashing one by one, and fifty registrations
take longer than all the other live tests together.
"""

from focusguard.settings import *  # noqa: F403, TID251  (what this is laid upon)

PASSWORD_HASHERS = ["tests.live.harness.cheap_hasher.CheapHasher"]
