"""API tokens of tests, whose text is known."""

from datetime import timedelta

import factory
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.tests.factories import UserFactory
from focusguard.api.scopes import Scope
from identity.api_tokens.token_text import SHOWN_LENGTH, digest_of, new_token
from identity.models import ApiToken


class ApiTokenFactory(factory.django.DjangoModelFactory):
    """A live token that may ask everything a token may; `text` is what a program sends."""

    class Meta:
        model = ApiToken
        exclude = ("text",)

    text = factory.LazyFunction(new_token)
    user = factory.SubFactory(UserFactory)
    name = "Menu bar timer"
    prefix = factory.LazyAttribute(lambda token: token.text[:SHOWN_LENGTH])
    digest = factory.LazyAttribute(lambda token: digest_of(token.text))
    scopes = factory.LazyFunction(lambda: list(Scope.values))
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(
        lambda token: token.created_at + timedelta(days=90)
    )


def program(user, *scopes, **fields):
    """Return a client that asks by a new token of the user with these scopes, or all."""
    text = new_token()
    named = {"scopes": [str(scope) for scope in scopes]} if scopes else {}
    client = bearer(text)
    client.token = ApiTokenFactory(user=user, text=text, **named, **fields)
    client.text = text
    return client


def bearer(text):
    """Return a client that sends this text as its token."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    return client
