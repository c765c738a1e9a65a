"""The shapes of accounts, in and out (docs/contract.md, Auth and Users)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.appearance.shown_pictures import ShownWithPicture
from accounts.exceptions import UsernameTaken
from accounts.mailboxes import MAX_LENGTH as MAILBOX_LENGTH
from accounts.mailboxes import NO_MAILBOX, canonical_identifier, canonical_mailbox
from accounts.models import USERNAME_PATTERN, AuthSession, User
from accounts.passwords.validation import MAX_LENGTH, MIN_LENGTH, weaknesses
from accounts.zones import ZONE_FORM, ZONE_NAMES
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictBooleanField,
    StrictCharField,
    StrictSerializer,
    TypedCharField,
    trimmed,
)
from mail import services as mail_services
from mail.addresses import is_mailable


@extend_schema_field(
    {
        "type": "string",
        "minLength": 3,
        "maxLength": 50,
        "pattern": "^[A-Za-z0-9_-]+$",
    }
)
class UsernameField(TypedCharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=3, max_length=50, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        value = super().run_validation(data)
        if isinstance(value, str) and not USERNAME_PATTERN.fullmatch(value):
            raise serializers.ValidationError("Use A-Z, a-z, 0-9, _ and - only.")
        return value


@extend_schema_field({"type": "string", "format": "email", "maxLength": MAILBOX_LENGTH})
class MailboxField(TypedCharField):
    """An e-mail address in any spelling; its value is the one that is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAILBOX_LENGTH, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        try:
            mailbox = canonical_mailbox(super().to_internal_value(data))
        except ValidationError as error:
            raise serializers.ValidationError(error.messages, code="invalid") from error
        if self._would_break_mail(mailbox):
            raise serializers.ValidationError(NO_MAILBOX, code="invalid")
        return mailbox

    def _would_break_mail(self, mailbox: str) -> bool:
        """Tell whether mail is sent, and none could be to a mailbox that is a new one.

        Who has such a mailbox since before keeps it, also where a form sends it back.
        """
        if is_mailable(mailbox) or not mail_services.is_on():
            return False
        user = getattr(self.context.get("request"), "user", None)
        return not (
            isinstance(user, User)
            and canonical_identifier(user.email) == mailbox.lower()
        )


@extend_schema_field({"type": "string", "maxLength": 64, "pattern": ZONE_FORM})
class TimezoneField(TypedCharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=64, help_text="IANA name, for example Europe/Berlin.", **kwargs
        )

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if name not in ZONE_NAMES:
            raise serializers.ValidationError("This is not an IANA time zone.")
        return name


class NewPasswordField(StrictCharField):
    """A password to be set; its serializer says `whose()` it will be.

    Judged as a field, so that people hear of it also where another one fails.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=MIN_LENGTH, max_length=MAX_LENGTH, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        told: list[str] = []
        try:
            password = super().run_validation(data)
        except serializers.ValidationError as error:
            if not isinstance(data, str) or not 0 < len(data) < MIN_LENGTH:
                raise
            # What else is wrong with a short one need not wait for its next try.
            password, told = data, [str(message) for message in error.detail]
        form: Any = self.parent
        told += weaknesses(password, user=form.whose(), but_length=bool(told))
        if told:
            raise serializers.ValidationError(told)
        return password


# Where such a body fails, a taken username is told as well. Only there: of a good body
# the unique index is the judge, after the password was hashed. No address is looked up
# here, or a body with a fault would tell at no cost and without a trace who has an
# account. Names stand on the boards.
class ProfileFieldsSerializer(StrictSerializer):
    def to_internal_value(self, data: Any) -> Any:
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as error:
            told: Any = dict(error.detail)  # type: ignore[arg-type]  # by field, always
            if "username" not in told:
                name = data.get("username")
                if isinstance(name, str) and self._is_taken(trimmed(name)):
                    # First, as in the form: the sentence names only a few.
                    told = {"username": [UsernameTaken.message]} | told
            raise serializers.ValidationError(told) from error

    def _is_taken(self, username: str) -> bool:
        namesakes = User.objects.identified_by(username)
        if "request" in self.context:
            namesakes = namesakes.exclude(pk=self.context["request"].user.pk)
        return bool(namesakes.exists())


class RegisterSerializer(ProfileFieldsSerializer):
    username = UsernameField()
    email = MailboxField()
    password = NewPasswordField()
    timezone = TimezoneField(required=False)

    def whose(self) -> User:
        """Return somebody of the typed names, as far as they are texts at all."""
        typed = {
            name: trimmed(text)[:254]
            for name in ("username", "email")
            if isinstance(text := self.initial_data.get(name), str)
        }
        return User(**typed)


class LoginSerializer(StrictSerializer):
    username = TypedCharField(max_length=254, help_text="A username or an e-mail.")
    password = StrictCharField(max_length=MAX_LENGTH)


class RefreshSerializer(StrictSerializer):
    refresh_token = StrictCharField(
        required=False, max_length=4096, help_text="Not needed beside the cookie."
    )


class PasswordChangeSerializer(StrictSerializer):
    current_password = StrictCharField(max_length=MAX_LENGTH)
    new_password = NewPasswordField()

    def whose(self) -> User:
        user: User = self.context["request"].user
        return user


class ProfileUpdateSerializer(ProfileFieldsSerializer):
    username = UsernameField(required=False)
    email = MailboxField(required=False)
    timezone = TimezoneField(required=False)
    leaderboard_visible = StrictBooleanField(required=False)
    weekly_report = StrictBooleanField(required=False)


class UserSerializer(ShownWithPicture, serializers.ModelSerializer[User]):
    email = serializers.EmailField(
        source="mailbox", max_length=MAILBOX_LENGTH, read_only=True
    )
    email_verified = serializers.BooleanField(read_only=True)
    second_factor = serializers.BooleanField(
        required=False,
        help_text="Whether a sign-in asks for one; left out where there are none.",
    )

    class Meta:
        model = User
        fields = (
            "id",
            "username",
            "email",
            "email_verified",
            "pending_email",
            "second_factor",
            "lvl",
            "xp_points",
            "timezone",
            "leaderboard_visible",
            "weekly_report",
            "created_at",
            "updated_at",
            "picture",
        )
        read_only_fields = tuple(name for name in fields if name != "second_factor")

    def to_representation(self, instance: User) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if not (settings.ENCRYPTION_KEYS or instance.second_factor):
            del shown["second_factor"]
        return shown


class PublicProfileSerializer(ShownWithPicture, serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ("id", "username", "lvl", "xp_points", "picture")
        read_only_fields = fields


class TokenAnswerSerializer(serializers.Serializer[Any]):
    """The answer to a sign-in; `refresh_token` is left out where the cookie has it."""

    access_token = serializers.CharField()
    refresh_token = serializers.CharField(required=False)
    token_type = serializers.ChoiceField(["bearer"])
    expires_in = serializers.IntegerField(help_text="Seconds.")
    user = UserSerializer()


class SecondStepSerializer(serializers.Serializer[Any]):
    """The answer to a first factor that was right, where a second one is asked for."""

    flow_token = serializers.CharField(help_text="For `POST /auth/second-factor`.")
    methods = serializers.ListField(
        child=serializers.ChoiceField(["totp", "recovery_code", "passkey"])
    )
    expires_in = serializers.IntegerField(help_text="Seconds.")


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
