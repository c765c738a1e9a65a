import uuid
from datetime import timedelta
from functools import cache

import factory
from django.contrib.auth.hashers import get_hasher, make_password
from django.utils import timezone

from accounts.models import MailLink, User

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


class MailLinkFactory(factory.django.DjangoModelFactory):
    """An open link of a mail; `accounts.by_mail.mail_links.token_of` says what it held."""

    class Meta:
        model = MailLink

    kind = "verify"
    user = factory.SubFactory(UserFactory)
    mail_id = factory.LazyFunction(uuid.uuid4)
    address = factory.SelfAttribute("user.email")
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(
        lambda link: link.created_at + timedelta(hours=1)
    )
