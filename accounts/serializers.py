"""The shapes of accounts, in and out (contract.md, Auth and Users)."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.models import USERNAME_PATTERN, AuthSession, User
from accounts.password_validation import MAX_LENGTH, require_good_password
from accounts.zones import ZONE_NAMES
from focusguard.api.serializers import (
    ShownSerializer,
    StrictBooleanField,
    StrictCharField,
    StrictEmailField,
    StrictSerializer,
)


class UsernameField(StrictCharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=3, max_length=50, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        value = super().run_validation(data)
        if isinstance(value, str) and not USERNAME_PATTERN.fullmatch(value):
            raise serializers.ValidationError("Use A-Z, a-z, 0-9, _ and - only.")
        return value


class TimezoneField(StrictCharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=64, help_text="IANA name, for example Europe/Berlin.", **kwargs
        )

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if name not in ZONE_NAMES:
            raise serializers.ValidationError("This is not an IANA time zone.")
        return name


class RegisterSerializer(StrictSerializer):
    username = UsernameField()
    email = StrictEmailField(max_length=254)
    password = StrictCharField(min_length=8, max_length=MAX_LENGTH)
    timezone = TimezoneField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user = User(username=attrs["username"], email=attrs["email"])
        require_good_password(attrs["password"], user=user, field="password")
        return attrs


class LoginSerializer(StrictSerializer):
    username = StrictCharField(max_length=254, help_text="A username or an e-mail.")
    password = StrictCharField(max_length=MAX_LENGTH)


class RefreshSerializer(StrictSerializer):
    refresh_token = StrictCharField(
        required=False, max_length=4096, help_text="Not needed beside the cookie."
    )


class PasswordChangeSerializer(StrictSerializer):
    current_password = StrictCharField(max_length=MAX_LENGTH)
    new_password = StrictCharField(min_length=8, max_length=MAX_LENGTH)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user = self.context["request"].user
        require_good_password(attrs["new_password"], user=user, field="new_password")
        return attrs


class ProfileUpdateSerializer(StrictSerializer):
    username = UsernameField(required=False)
    email = StrictEmailField(required=False, max_length=254)
    timezone = TimezoneField(required=False)
    leaderboard_visible = StrictBooleanField(required=False)


class UserSerializer(ShownSerializer, serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = (
            "id",
            "username",
            "email",
            "lvl",
            "xp_points",
            "timezone",
            "leaderboard_visible",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields


class PublicProfileSerializer(ShownSerializer, serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ("id", "username", "lvl", "xp_points")
        read_only_fields = fields


class TokenAnswerSerializer(serializers.Serializer[Any]):
    """The answer to a sign-in; `refresh_token` is left out where the cookie has it."""

    access_token = serializers.CharField()
    refresh_token = serializers.CharField(required=False)
    token_type = serializers.ChoiceField(["bearer"])
    expires_in = serializers.IntegerField(help_text="Seconds.")
    user = UserSerializer()


class DeviceSerializer(ShownSerializer, serializers.ModelSerializer[AuthSession]):
    current = serializers.SerializerMethodField(help_text="The device that asks.")

    class Meta:
        model = AuthSession
        fields = ("id", "created_at", "last_used_at", "user_agent", "ip", "current")
        read_only_fields = fields

    def get_current(self, device: AuthSession) -> bool:
        return bool(device.pk == self.context["device_id"])


@extend_schema_serializer(many=False)
class DeviceListSerializer(serializers.Serializer[Any]):
    devices = DeviceSerializer(many=True)
    total = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
