"""Second factors for staff to look at, and to reset for who has lost theirs."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin import UserAdmin
from accounts.devices.authentication import signed_in_user
from accounts.models import User
from focusguard.admin.base import ReadOnlyAdmin
from identity.models import RecoveryCode, TotpSecret
from identity.second_factor import services


@admin.register(TotpSecret)
class TotpSecretAdmin(ReadOnlyAdmin):
    list_display = ("user", "created_at", "confirmed_at")
    ordering = ("-user",)
    sortable_by = ()
    private_fields = ("secret", "last_step")


@admin.register(RecoveryCode)
class RecoveryCodeAdmin(ReadOnlyAdmin):
    list_display = ("user", "created_at", "used_at")
    id_fields = ("pk", "user")
    ordering = ("-pk",)
    sortable_by = ()
    private_fields = ("digest",)


class UserWithFactorsAdmin(UserAdmin):
    """The user's pages with what accounts, standing below, cannot know."""

    list_display = (*UserAdmin.list_display, "has_factor")
    fieldsets: ClassVar[Any] = (
        *UserAdmin.fieldsets[:1],
        (
            UserAdmin.fieldsets[1][0],
            {"fields": (*UserAdmin.fieldsets[1][1]["fields"], "second_factor")},
        ),
        *UserAdmin.fieldsets[2:],
    )
    actions = (*UserAdmin.actions, "reset_second_factor")

    # Short, or the list is wider than a window of 1280 pixels.
    @admin.display(description="2FA", boolean=True)
    def has_factor(self, user: User) -> bool:
        return user.second_factor

    @admin.action(description="Reset second factor", permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, users: QuerySet[User]) -> None:
        def act(user: User) -> str:
            self._require_reach(request, user)
            services.reset_second_factor(user=user, by=signed_in_user(request))
            return "Second factor reset."

        self.act_on_each(request, users, act, "Second factor reset")


admin.site.unregister(User)
admin.site.register(User, UserWithFactorsAdmin)
