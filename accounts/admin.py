"""Users and their devices, for staff. `stats.admin` completes the user's pages."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db.models import CASCADE, Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from accounts import services
from accounts.devices import auth_services
from accounts.devices.authentication import signed_in_user
from accounts.devices.device_names import device_name
from accounts.forms import ProfileForm
from accounts.models import AuthSession, Preferences, SecurityEvent, User
from focusguard.admin.base import BoundedAdmin, ReadOnly, ReadOnlyAdmin, Refused
from focusguard.admin.filters import ConditionFilter, Conditions

NEWEST_DEVICES = 20
STAFF_ACCESS = ("is_staff", "groups")


class StateFilter(ConditionFilter):
    title = "state"
    parameter_name = "state"

    def conditions(self) -> Conditions:
        return {
            "active": ("Active", Q(is_active=True)),
            "deactivated": ("Deactivated", Q(is_active=False)),
            "staff": ("Staff", Q(is_staff=True)),
        }


class LevelFilter(ConditionFilter):
    title = "level"
    parameter_name = "level"

    def conditions(self) -> Conditions:
        return {
            "1": ("1", Q(lvl=1)),
            "2-4": ("2–4", Q(lvl__range=(2, 4))),
            "5-9": ("5–9", Q(lvl__range=(5, 9))),
            "10-19": ("10–19", Q(lvl__range=(10, 19))),
            "20+": ("20+", Q(lvl__gte=20)),
        }


class NewestDevicesFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # no generic at run time
    """The newest devices, read from the table also where a form was sent.

    They are only looked at: what a browser says about them counts for nothing.
    """

    def get_queryset(self) -> QuerySet[AuthSession]:
        if not hasattr(self, "_newest"):
            self._newest = super().get_queryset().order_by("-pk")[:NEWEST_DEVICES]
        return self._newest

    def initial_form_count(self) -> int:
        return len(self.get_queryset())

    def total_form_count(self) -> int:
        return self.initial_form_count()


# Not the ids of the tokens: nobody has a use for them here.
DEVICE_FIELDS = (
    "device",
    "created_at",
    "last_used_at",
    "expires_at",
    "revoked_at",
    "revoked_reason",
    "ip",
)


class NamesDevices:
    """A column with the name of the row's device, as its owner reads it."""

    @admin.display(description="device")
    def device(self, row: AuthSession | SecurityEvent) -> str:
        return device_name(row.user_agent)


class DeviceInline(NamesDevices, ReadOnly, admin.TabularInline):  # type: ignore[type-arg]  # no generic at run time
    model = AuthSession
    formset = NewestDevicesFormSet
    template = "admin/edit_inline/read_only_rows.html"
    verbose_name_plural = f"The newest {NEWEST_DEVICES} devices"
    fields = readonly_fields = DEVICE_FIELDS


class PreferencesInline(ReadOnly, admin.StackedInline):  # type: ignore[type-arg]  # no generic at run time
    model = Preferences
    classes = ("collapse",)


@admin.register(User)
class UserAdmin(BoundedAdmin):
    form = ProfileForm
    list_display: Any = (
        "username",
        "email",
        "lvl",
        "xp_points",
        "is_active",
        "is_staff",
        "created_at",
    )
    list_filter: ClassVar[Any] = (StateFilter, LevelFilter)
    search_fields = ("^username", "^email")
    search_help_text = "The start of a username or e-mail address, or a whole id."
    ordering = ("-created_at", "-id")
    sortable_by = ("xp_points", "created_at")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ProfileForm.Meta.fields}),
        (
            "Kept by the system",
            {
                "fields": (
                    "id",
                    "email_verified_at",
                    "pending_email",
                    "awaits_verification",
                    "lvl",
                    "xp_points",
                    "is_active",
                    "created_at",
                    "updated_at",
                )
            },
        ),
        ("Access to this site", {"fields": ("is_staff", "groups", "is_superuser")}),
    )
    filter_horizontal = ("groups",)
    inlines: ClassVar[Any] = (PreferencesInline, DeviceInline)
    actions: Any = ("sign_out_everywhere", "deactivate", "reactivate")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        editable = {*ProfileForm.Meta.fields}
        # Only a superuser gives or takes staff access, and nobody their own.
        if request.user.is_superuser and not _is_oneself(request, obj):
            editable.update(STAFF_ACCESS)
        fields = [name for _, part in self.fieldsets for name in part["fields"]]
        return [name for name in fields if name not in editable]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People register themselves, staff comes from `createsuperuser`.

        A password that somebody else chose is known to two.
        """
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (_is_oneself(request, obj) or _within_reach(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not _is_oneself(request, obj) and _within_reach(request, obj)

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if changed.keys() & set(STAFF_ACCESS):
            services.set_staff_access(
                user=obj,
                is_staff=form.cleaned_data["is_staff"],
                groups=form.cleaned_data["groups"],
                by=signed_in_user(request),
            )
        profile = {
            name: value for name, value in changed.items() if name not in STAFF_ACCESS
        }
        services.update_profile(
            user=obj, changes=profile, active_only=False, by=signed_in_user(request)
        )

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Store nothing more: `save_model` has stored the groups; the inlines are read-only."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return super().construct_change_message(request, form, [], add)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        services.delete_account(user=obj, active_only=False, by=signed_in_user(request))

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Count what goes with the user; the default would load and list every row."""
        counts = {}
        for relation in User._meta.related_objects:
            if relation.on_delete is CASCADE:
                model = relation.related_model
                below = {f"{relation.field.name}__in": objs}
                if rows := model._default_manager.filter(**below).count():
                    counts[str(model._meta.verbose_name_plural)] = rows
        return [str(user) for user in objs], counts, set(), []

    @admin.action(description="Sign out everywhere", permissions=["change"])
    def sign_out_everywhere(self, request: HttpRequest, users: QuerySet[User]) -> None:
        def act(user: User) -> str:
            self._require_reach(request, user)
            ended = auth_services.log_out_everywhere(
                user=user, by=signed_in_user(request)
            )
            return f"Signed out everywhere; devices ended: {ended}."

        self.act_on_each(request, users, act, "Signed out everywhere")

    @admin.action(description="Deactivate", permissions=["change"])
    def deactivate(self, request: HttpRequest, users: QuerySet[User]) -> None:
        def act(user: User) -> str:
            self._require_reach(request, user)
            if _is_oneself(request, user):
                raise Refused("You cannot deactivate yourself.")
            if not user.is_active:
                raise Refused("The account is deactivated already.")
            services.deactivate_user(user=user, by=signed_in_user(request))
            return "Deactivated."

        self.act_on_each(request, users, act, "Deactivated")

    @admin.action(description="Activate again", permissions=["change"])
    def reactivate(self, request: HttpRequest, users: QuerySet[User]) -> None:
        def act(user: User) -> str:
            self._require_reach(request, user)
            if user.is_active:
                raise Refused("The account is active.")
            services.reactivate_user(user=user, by=signed_in_user(request))
            return "Activated again."

        self.act_on_each(request, users, act, "Activated again")

    def _require_reach(self, request: HttpRequest, user: User) -> None:
        if not self.has_change_permission(request, user):
            raise Refused("Only superusers act on accounts of the staff.")


@admin.register(AuthSession)
class DeviceAdmin(NamesDevices, ReadOnlyAdmin):
    list_display = (
        "device",
        "user",
        "created_at",
        "last_used_at",
        "revoked_at",
        "revoked_reason",
        "ip",
    )
    list_filter = ("revoked_reason",)
    id_fields = ("pk", "user")
    # The key tells the time (UUIDv7), so this is newest first, by the primary key.
    ordering = ("-id",)
    sortable_by = ()
    fields = ("id", "user", *DEVICE_FIELDS, "user_agent")


@admin.register(SecurityEvent)
class SecurityEventAdmin(NamesDevices, ReadOnlyAdmin):
    list_display = ("at", "kind", "user", "actor", "address", "device")
    list_select_related = ("user", "actor")
    list_filter = ("kind",)
    date_hierarchy = "at"
    id_fields = ("pk", "user", "device_id")
    ordering = ("-at", "-id")
    sortable_by = ()


def _is_oneself(request: HttpRequest, obj: Any) -> bool:
    return obj is not None and obj.pk == request.user.pk


def _within_reach(request: HttpRequest, obj: Any) -> bool:
    """Tell whether this is a plain user, or a superuser asks."""
    return obj is None or not obj.is_staff or bool(request.user.is_superuser)


admin.site.unregister(Group)


@admin.register(Group)
class BoundedGroupAdmin(BoundedAdmin, GroupAdmin):
    """Groups of rights for staff, by name."""
