"""A client that is signed in."""

from rest_framework.test import APIClient


def client_of(sign_in, **kwargs):
    """Return a client with the access token of a sign-in, which it has as `signed_in`."""
    client = APIClient(**kwargs)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {sign_in.access_token}")
    client.signed_in = sign_in
    return client
