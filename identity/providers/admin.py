"""Accounts elsewhere, for staff to look at: nobody but their owner links or unlinks one."""

from typing import ClassVar

from django.contrib import admin

from focusguard.admin.base import ReadOnlyAdmin
from identity.models import LinkedIdentity


@admin.register(LinkedIdentity)
class LinkedIdentityAdmin(ReadOnlyAdmin):
    list_display = ("user", "issuer", "email", "created_at", "last_used_at")
    ordering = ("-id",)
    sortable_by: ClassVar = ()
