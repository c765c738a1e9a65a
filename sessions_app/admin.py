"""Focus sessions, for staff: a log to look at; what still runs can be abandoned."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from focusguard.admin.base import ReadOnlyAdmin
from sessions_app import services
from sessions_app.models import FocusSession


@admin.register(FocusSession)
class FocusSessionAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "user",
        "status",
        "duration_min",
        "focus_min",
        "local_date",
        "ended_at",
    )
    list_select_related = ("user",)
    list_filter = ("status", "created_at")
    date_hierarchy = "created_at"
    search_fields = ("^user__username", "^user__email")
    search_help_text = "The start of the user's name or e-mail address, or a whole id."
    id_fields = ("pk", "user")
    ordering = ("-created_at", "-id")
    sortable_by = ("created_at",)
    actions = ("abandon",)

    def has_abandon_permission(self, request: HttpRequest) -> bool:
        """Ask for the right to change sessions, though their fields stay as they are."""
        return request.user.has_perm("sessions_app.change_focussession")

    @admin.action(description="Abandon what still runs", permissions=["abandon"])
    def abandon(self, request: HttpRequest, sessions: QuerySet[FocusSession]) -> None:
        def act(session: FocusSession) -> str:
            services.abandon_session(
                user_id=session.user_id, session_id=session.pk, active_only=False
            )
            return "Abandoned."

        self.act_on_each(request, sessions, act, "Abandoned")
