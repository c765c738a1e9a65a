"""Focus sessions and entries, for staff: to look at; what still runs can be abandoned.

Labels have no page: they and the notes are for their owner alone.
"""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from focusguard.admin.base import ReadOnlyAdmin
from focusguard.admin.filters import ConditionFilter, Conditions
from sessions_app import services
from sessions_app.models import Entry, FocusSession, stands_as

PRIVATE = ("label", "note")


class StatusFilter(ConditionFilter):
    """By what a session is now; one past its deadline runs no more."""

    title = "status"
    parameter_name = "status__exact"

    def conditions(self) -> Conditions:
        now = timezone.now()
        return {
            value: (str(label), stands_as(value, now))
            for value, label in FocusSession.Status.choices
        }


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
    list_filter = (StatusFilter, "created_at")
    date_hierarchy = "created_at"
    id_fields = ("pk", "user")
    private_fields = PRIVATE
    ordering = ("-created_at", "-id")
    sortable_by = ("created_at",)
    actions = ("abandon",)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changes = super().get_changelist_instance(request)
        now = timezone.now()
        changes.result_list = [session.as_of(now) for session in changes.result_list]
        return changes

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> FocusSession | None:
        session: FocusSession | None = super().get_object(
            request, object_id, from_field
        )
        return session and session.as_of(timezone.now())

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


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = (
        "at",
        "user",
        "source",
        "minutes",
        "local_date",
        "created_at",
    )
    id_fields = ("pk", "user")
    private_fields = PRIVATE
    # The key tells the time (UUIDv7): the newest first.
    ordering = ("-id",)
    sortable_by = ()
