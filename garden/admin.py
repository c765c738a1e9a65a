"""Plants, for staff to look at: they follow how their sessions went."""

from django.contrib import admin

from focusguard.admin.base import ReadOnlyAdmin
from garden.models import Plant


@admin.register(Plant)
class PlantAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "user",
        "plant_num",
        "plant_type",
        "growth_stage",
        "state",
    )
    list_filter = ("state", "created_at")
    date_hierarchy = "created_at"
    id_fields = ("pk", "user", "session")
    ordering = ("-created_at", "-id")
    sortable_by = ("created_at",)
