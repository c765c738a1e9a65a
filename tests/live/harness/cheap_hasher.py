from django.contrib.auth.hashers import BCryptSHA256PasswordHasher


class CheapHasher(BCryptSHA256PasswordHasher):
    """The same algorithm at the lowest cost, as in the root conftest."""

    rounds = 4
