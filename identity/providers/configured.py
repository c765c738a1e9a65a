"""The providers of this installation, and where each sends people back to."""

from django.conf import settings

from focusguard.provider_settings import Provider
from identity.models import LinkedIdentity
from identity.providers.exceptions import ProviderNotFound


def provider_named(provider_id: str) -> Provider:
    """Return a provider by its id. ProviderNotFound."""
    provider: Provider | None = settings.PROVIDERS.get(provider_id)
    if provider is None:
        raise ProviderNotFound
    return provider


def provider_of(issuer: str) -> Provider | None:
    """Return the provider of an issuer; None where there is none any more."""
    return next(
        (one for one in settings.PROVIDERS.values() if one.issuer == issuer), None
    )


def name_of(identity: LinkedIdentity) -> str:
    """Say where an account elsewhere is, in a word for a person.

    Not which it is: whoever links one would choose what our own letter says.
    """
    provider = provider_of(identity.issuer)
    return provider.name if provider else identity.issuer


def redirect_uri(provider: Provider) -> str:
    """Return where a provider sends people back to: a place of its own for each.

    By the settings, never by the request, whose host is what a client says.
    """
    return f"{settings.DASHBOARD_URL}/api/auth/oauth/{provider.id}/callback"
