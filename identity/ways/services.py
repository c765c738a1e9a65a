"""The ways in that this installation offers.

A part adds its line to `offered` and its field to `WaysSerializer`.
"""

from typing import Any

from django.conf import settings

from identity.passkeys import relying_party
from identity.second_factor import sealing
from mail import services as mail_services


def offered() -> dict[str, Any]:
    """Say of each way whether it is on here."""
    return {
        "mail": mail_services.is_on(),
        "verification_required": settings.EMAIL_VERIFICATION == "required",
        "providers": [
            {"id": provider.id, "name": provider.name}
            for provider in settings.PROVIDERS.values()
        ],
        "second_factor": sealing.is_on(),
        "passkeys": relying_party.is_on(),
    }
