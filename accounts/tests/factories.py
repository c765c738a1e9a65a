from functools import cache

import factory
from django.contrib.auth.hashers import get_hasher, make_password

from accounts.models import User

PASSWORD = "correct horse battery"


def hashed(password):
    """Hash each password once at each cost: thousands of users have the same."""
    return _hashed(password, get_hasher().rounds)


@cache
def _hashed(password, rounds):
    return make_password(password)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user_{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@focusguard.test")
    password = factory.Transformer(PASSWORD, transform=hashed)
