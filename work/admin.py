"""Background work, for staff: jobs and their failures, and what the nightly proof found."""

import json
from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from focusguard.admin.base import BoundedAdmin, ReadOnly, Refused
from focusguard.admin.filters import ConditionFilter, Conditions
from work import queue
from work.models import ProofRun
from work.queue import QUEUES, Event, Job

# procrastinate brings a page of its own, which lists and filters without bounds.
admin.site.unregister(apps.get_model("procrastinate", "ProcrastinateJob"))


class QueueFilter(ConditionFilter):
    title = "queue"
    parameter_name = "queue"

    def conditions(self) -> Conditions:
        return {name: (name, Q(queue_name=name)) for name in QUEUES}


class EventInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]  # no generic at run time
    model = Event
    template = "admin/edit_inline/read_only_rows.html"
    verbose_name_plural = "What happened to it"
    fields = readonly_fields = ("at", "type")
    ordering = ("id",)


@admin.register(Job)
class JobAdmin(ReadOnly, BoundedAdmin):
    list_display = (
        "id",
        "task_name",
        "arguments",
        "queue_name",
        "status",
        "attempts",
        "scheduled_at",
    )
    list_filter: ClassVar[Any] = ("status", QueueFilter)
    search_fields = ("=task_name", "=id")
    search_help_text = "The name of a task, or the number of a job."
    id_fields = ()
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        *("id", "task_name", "arguments", "queue_name", "status", "attempts"),
        *("scheduled_at", "priority", "lock", "worker"),
    )
    inlines: ClassVar[Any] = (EventInline,)
    actions: Any = ("retry", "cancel")

    @admin.display(description="about")
    def arguments(self, job: Job) -> str:
        return json.dumps(job.args)

    def has_act_permission(self, request: HttpRequest) -> bool:
        """Ask for the right to change jobs, though their fields stay as they are."""
        return request.user.has_perm("work.change_job")

    @admin.action(description="Try again what failed", permissions=["act"])
    def retry(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        def act(job: Job) -> str:
            if not queue.try_failed_again(job.pk, at=timezone.now()):
                raise Refused("Only a job that failed can be tried again.")
            return "To be tried again."

        self.act_on_each(request, jobs, act, "To be tried again")

    @admin.action(description="Cancel what has not begun", permissions=["act"])
    def cancel(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        def act(job: Job) -> str:
            if not queue.cancel(job.pk):
                raise Refused("Only a job that has not begun can be cancelled.")
            return "Cancelled."

        self.act_on_each(request, jobs, act, "Cancelled")


@admin.register(ProofRun)
class ProofRunAdmin(ReadOnly, BoundedAdmin):
    list_display = (
        *("at", "users_checked", "differences", "overlaps", "rules_missing"),
        "seconds",
    )
    ordering = ("-at",)
    sortable_by = ()
    id_fields = ()
