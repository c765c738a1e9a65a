"""Totals, for staff to look at, and what they add to the pages of the users."""

from datetime import UTC, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from focusguard.admin.base import ReadOnly, ReadOnlyAdmin
from focusguard.admin.filters import ConditionFilter, Conditions
from identity.second_factor.admin import UserWithFactorsAdmin
from pictures.admin import PICTURE_ACTIONS, UserWithPictureAdmin
from stats import services
from stats.models import UserStats

FIGURES = (
    "total_focus_min",
    "total_sessions",
    "streak_length",
    "best_streak",
    "last_focus_date",
    "updated_at",
)


@admin.register(UserStats)
class UserStatsAdmin(ReadOnlyAdmin):
    list_display = ("user", *FIGURES)
    # The user's key tells the time (UUIDv7): the newest users first.
    ordering = ("-user",)
    sortable_by = ("total_focus_min", "total_sessions", "best_streak")


class ActivityFilter(ConditionFilter):
    """By the last day with credited focus; a day here is one of UTC."""

    title = "last focus"
    parameter_name = "focused"

    def conditions(self) -> Conditions:
        today = timezone.now().astimezone(UTC).date()
        return {
            "today": ("Today", Q(stats__last_focus_date__gte=today)),
            "7": ("Past 7 days", Q(stats__last_focus_date__gt=today - timedelta(7))),
            "30": ("Past 30 days", Q(stats__last_focus_date__gt=today - timedelta(30))),
            "never": ("Never", Q(stats__last_focus_date=None)),
        }


class UserStatsInline(ReadOnly, admin.StackedInline):  # type: ignore[type-arg]  # no generic at run time
    model = UserStats
    fields = FIGURES
    readonly_fields = FIGURES


class UserWithStatsAdmin(UserWithPictureAdmin, UserWithFactorsAdmin):
    """The user's pages with what the apps that stand below stats cannot know."""

    list_display = (*UserWithFactorsAdmin.list_display, "last_focus")
    list_select_related = ("stats",)
    list_filter = (ActivityFilter, *UserWithFactorsAdmin.list_filter)
    inlines = (UserStatsInline, *UserWithFactorsAdmin.inlines)
    actions = (*UserWithFactorsAdmin.actions, *PICTURE_ACTIONS, "rebuild_stats")

    @admin.display(description="last focus", empty_value="never")
    def last_focus(self, user: User) -> Any:
        stats: UserStats | None = getattr(user, "stats", None)
        return stats and stats.last_focus_date

    def has_rebuild_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("stats.change_userstats")

    @admin.action(description="Rebuild stats", permissions=["rebuild"])
    def rebuild_stats(self, request: HttpRequest, users: QuerySet[User]) -> None:
        def act(user: User) -> str:
            figures = services.rebuild_stats(user_id=user.pk)
            return (
                f"Stats rebuilt: {figures.total_focus_min} minutes in "
                f"{figures.total_sessions} sessions."
            )

        self.act_on_each(request, users, act, "Stats rebuilt")


# accounts registers a page that stands alone; whoever adds to it replaces it, so that
# imports go one way. Admins are found in the order of INSTALLED_APPS: accounts first.
admin.site.unregister(User)
admin.site.register(User, UserWithStatsAdmin)
