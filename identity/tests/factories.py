import os

import factory
from django.utils import timezone

from accounts.tests.factories import UserFactory
from identity.models import LinkedIdentity, Passkey


class LinkedIdentityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LinkedIdentity

    user = factory.SubFactory(UserFactory)
    issuer = "https://login.example.com"
    subject = factory.Sequence(lambda n: f"subject-{n}")
    email = factory.LazyAttribute(lambda one: f"{one.subject}@provider.example")
    created_at = factory.LazyFunction(timezone.now)
    last_used_at = factory.SelfAttribute("created_at")


class PasskeyFactory(factory.django.DjangoModelFactory):
    """A passkey that nobody holds; `authenticator.passkey_of` makes one to sign by."""

    class Meta:
        model = Passkey

    user = factory.SubFactory(UserFactory)
    credential_id = factory.LazyFunction(lambda: os.urandom(32))
    public_key = b"no key"
    rp_id = "app.focusguard.test"
    sign_count = 0
    name = "A phone"
    backed_up = True
    transports = ["internal"]
    created_at = factory.LazyFunction(timezone.now)
