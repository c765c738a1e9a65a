"""The routes of the ways in, one line a part."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("identity.ways.urls")),
    path("", include("identity.proofs.urls")),
    path("", include("identity.providers.urls")),
    path("", include("identity.first_password.urls")),
    path("", include("identity.second_factor.urls")),
    path("", include("identity.passkeys.urls")),
    path("", include("identity.api_tokens.urls")),
]
