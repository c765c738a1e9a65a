"""The statements about imports; those of requests are prepared."""

import datetime as dt
import uuid

from django.db.models import Count

from focusguard.api.pagination import Pages
from focusguard.db.prepared import Prepared
from importing.models import LIVE, Import

# What a list shows: neither the text of a file nor what was found in it.
BRIEF = (
    *("id", "source", "zone", "day_first", "status", "created_at", "applied_at"),
    "undone_at",
)

OWN_IMPORTS = Pages(lambda user_id: Import.objects.for_user(user_id).only(*BRIEF))
OWN_COUNT = Prepared(
    lambda user_id: (
        Import.objects.for_user(user_id)
        .values("user_id")
        .annotate(imports=Count("id"))
        .values_list("imports")
    )
)


def own_import(user_id: uuid.UUID, import_id: uuid.UUID) -> Import | None:
    """Return an import of the user, without the text of its file."""
    return Import.objects.shown().for_user(user_id).filter(pk=import_id).first()


def other_live(user_id: uuid.UUID, import_id: uuid.UUID) -> uuid.UUID | None:
    """Return the import of the user that has not ended, if it is another one."""
    others = Import.objects.for_user(user_id).live().exclude(pk=import_id)
    return others.values_list("pk", flat=True).first()


def before(
    user_id: uuid.UUID, since: dt.datetime
) -> tuple[uuid.UUID | None, list[dt.datetime]]:
    """Return the import of the user that has not ended, and when those since then came."""
    newest = Import.objects.for_user(user_id).filter(created_at__gt=since)
    live = Import.objects.for_user(user_id).live()
    rows = (live | newest).values_list("pk", "status", "created_at")
    found = list(rows.order_by("created_at"))
    live_id = next((pk for pk, status, _ in found if status in LIVE), None)
    return live_id, [at for *_, at in found if at > since]
