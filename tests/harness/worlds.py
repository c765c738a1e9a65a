"""A user's world of one of everything, and digests that tell whether it was touched."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import connection
from rest_framework.test import APIClient

from accounts.by_mail.mail_links import token_of
from accounts.devices.one_door import Method
from accounts.models import User
from accounts.tests.factories import MailLinkFactory
from garden.tests.factories import PlantFactory
from identity.second_factor.first_step import begin
from identity.tests.factories import LinkedIdentityFactory, PasskeyFactory
from identity.tests.tokens_of_programs import ApiTokenFactory
from importing.tests.factories import ImportFactory
from reports.stop_links import token_for
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
)
from tests.harness.valid_requests import Operation


@dataclass(frozen=True)
class World:
    """The world of a user: the ids for the paths, and a signed-in client."""

    user: User
    client: Any
    refresh_token: str
    ids: dict[str, object]
    links: dict[str, str]
    told_at: str  # a time of theirs that is free

    def path(self, operation: Operation, **ids: object) -> str:
        return operation.path.format(**self.ids | ids)


def client_of(sign_in: Any, **kwargs: Any) -> Any:
    """Return a client with the access token of a sign-in, which it has as `signed_in`."""
    client: Any = APIClient(**kwargs)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {sign_in.access_token}")
    client.signed_in = sign_in
    return client


def world_of(user: User, client: Any) -> World:
    """Give the user a running session with a label and a plant, and an entry."""
    label = LabelFactory(user=user)
    session = FocusSessionFactory(user=user, label=label)
    plant = PlantFactory(session=session)
    entry = EntryFactory(user=user)
    return World(
        user=user,
        client=client,
        refresh_token=client.signed_in.refresh_token,
        ids={
            "user_id": user.pk,
            "api_token_id": ApiTokenFactory(user=user).pk,
            "device_id": client.signed_in.device.pk,
            "session_id": session.pk,
            "garden_id": plant.pk,
            "label_id": label.pk,
            "entry_id": entry.pk,
            "record_id": session.pk,
            "import_id": ImportFactory(user=user).pk,
            "identity_id": LinkedIdentityFactory(user=user).pk,
            "provider": "company",
            "passkey_id": PasskeyFactory(user=user).pk,
            "days": 7,
            "token": token_for(user.pk),
            "picture_name": "0123456789abcdef" * 2,
        },
        links={
            kind: token_of(MailLinkFactory(user=user, kind=kind))
            for kind in ("verify", "reset")
        }
        | {"second_factor": begin(user, Method.PASSWORD).flow_token},
        told_at=(entry.at - timedelta(hours=3)).isoformat(),
    )


NOWHERE = {
    name: uuid.UUID("01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d")
    for name in (
        *("user_id", "device_id", "session_id", "garden_id", "api_token_id"),
        *("label_id", "entry_id", "record_id", "import_id", "identity_id"),
        "passkey_id",
    )
}
# What every path of the API can be made with; nothing is there.
IDS = (
    NOWHERE
    | {"days": 7}
    | dict.fromkeys(("token", "provider", "picture_name"), "nobodys")
)

# Written by whatever comes in: counters, and the record of failures.
MOVING = {"rate_counters", "security_events", "django_session"}


def checksum() -> dict[str, str]:
    """Digest every table but those of `MOVING`; equal means that nothing changed."""
    with connection.cursor() as cursor:
        cursor.execute(digests())
        return dict(cursor.fetchall())


@cache
def digests() -> str:
    """Return one statement: one a table was most of the time of a test of bad input."""
    return " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(t::text, chr(10) ORDER BY t::text))"
        f' FROM "{table}" t'
        for table in sorted({*connection.introspection.table_names()} - MOVING)
    )
