"""Passkeys, for staff: whose there are, and when they were used. Nothing to change."""

from django.contrib import admin

from focusguard.admin.base import ReadOnlyAdmin
from identity.models import Passkey


@admin.register(Passkey)
class PasskeyAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "rp_id", "backed_up", "created_at", "last_used_at")
    list_filter = ("backed_up",)
    id_fields = ("pk", "user")
    # The key tells the time (UUIDv7), so this is newest first, by the primary key.
    ordering = ("-id",)
    sortable_by = ()
    # Not the key and its id: nobody has a use for them here.
    fields = ("id", *list_display, "sign_count", "transports")
