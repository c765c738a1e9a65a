"""API tokens, for staff: whose, what they open and when they were used; they can be ended."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.devices.authentication import signed_in_user
from focusguard.admin.base import ReadOnlyAdmin, Refused
from focusguard.admin.filters import ConditionFilter, Conditions
from identity.api_tokens import services
from identity.models import ApiToken


class TokenStateFilter(ConditionFilter):
    title = "state"
    parameter_name = "state"

    def conditions(self) -> Conditions:
        now = timezone.now()
        return {
            "live": ("Live", Q(revoked_at=None, expires_at__gt=now)),
            "expired": ("Expired", Q(revoked_at=None, expires_at__lte=now)),
            "revoked": ("Revoked", Q(revoked_at__isnull=False)),
        }


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = (
        *("prefix", "user", "scopes", "created_at", "expires_at"),
        *("last_used_on", "revoked_at"),
    )
    list_filter: ClassVar[Any] = (TokenStateFilter,)
    id_fields = ("pk", "user")
    # The key tells the time (UUIDv7), so this is newest first, by the primary key.
    ordering = ("-id",)
    sortable_by = ()
    # The digest opens nothing, and nobody has a use for it here.
    fields = ("id", "name", *list_display)
    actions: Any = ("revoke",)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Ask for the right to change tokens, though their fields stay as they are."""
        return request.user.has_perm("identity.change_apitoken")

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, tokens: "QuerySet[ApiToken]") -> None:
        staff = signed_in_user(request)

        def act(token: ApiToken) -> str:
            if token.user.is_staff and token.user != staff and not staff.is_superuser:
                raise Refused("Only superusers act on accounts of the staff.")
            services.revoke_token(user_id=token.user_id, token_id=token.pk, by=staff)
            return "Revoked."

        self.act_on_each(request, tokens, act, "Revoked")
