"""The picture on the user's page of the staff, and the act that takes it away."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.admin import UserAdmin
from accounts.appearance.shown_pictures import are_kept, picture_path
from accounts.devices.authentication import signed_in_user
from accounts.models import User
from focusguard.admin.base import Refused
from pictures import services

NO_PICTURE = "There is no picture."


PICTURE_ACTIONS = ("remove_picture",)


class UserWithPictureAdmin(UserAdmin):
    """The user's pages with what accounts, standing below pictures, cannot do."""

    actions = (*UserAdmin.actions, *PICTURE_ACTIONS)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        first, *others = super().get_fieldsets(request, obj)
        picture = [("Picture", {"fields": ("picture",)})] if are_kept() else []
        return [first, *picture, *others]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "picture"]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not are_kept():
            actions.pop("remove_picture", None)
        return actions

    @admin.display(description="picture", empty_value="none")
    def picture(self, user: User) -> Any:
        path = picture_path(user.picture_id)
        shown = '<img src="{}" width="96" height="96" alt="">'
        return path and format_html(shown, path)

    @admin.action(description="Remove picture", permissions=["change"])
    def remove_picture(self, request: HttpRequest, users: QuerySet[User]) -> None:
        def act(user: User) -> str:
            self._require_reach(request, user)
            if not services.remove_picture(
                user_id=user.pk, active_only=False, by=signed_in_user(request)
            ):
                raise Refused(NO_PICTURE)
            return "Picture removed."

        self.act_on_each(request, users, act, "Picture removed")
