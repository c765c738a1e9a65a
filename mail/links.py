"""Links to the dashboard, as mails carry them."""

from django.conf import settings


def dashboard_url(path: str, fragment: str = "") -> str:
    """Return the address of a page of the dashboard.

    Always that of `DASHBOARD_URL`: a request's Host header is the sender's to choose. A
    secret belongs in `fragment`, which no browser sends to a server.
    """
    return f"{settings.DASHBOARD_URL}{path}" + (f"#{fragment}" if fragment else "")
