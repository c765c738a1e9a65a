"""Imports, for staff: what was uploaded when, and how far it is; nothing of its text."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from focusguard.admin.base import ReadOnlyAdmin
from importing.models import Import


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    list_display = (
        *("created_at", "user", "source", "status", "position", "tries"),
        *("applied_at", "undone_at"),
    )
    list_filter: ClassVar[Any] = ("status", "source")
    id_fields = ("pk", "user")
    ordering = ("-created_at", "-id")
    sortable_by = ("created_at",)
    # A report names labels, and the file has notes: they are for their owner alone.
    fields = ("id", *list_display, "zone", "day_first")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Import]":
        return super().get_queryset(request).defer("raw", "report", "outcome")
