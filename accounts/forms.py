"""The staff's forms. Signing in stands under the same limit as at the API."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts import audit
from accounts.exceptions import (
    EmailTaken,
    HashingBusy,
    LoginRateLimited,
    UsernameTaken,
)
from accounts.mailboxes import canonical_mailbox
from accounts.models import User
from accounts.passwords.login_limits import counting_sign_in
from accounts.passwords.validation import MAX_LENGTH
from accounts.zones import ZONE_NAMES
from focusguard.api.exceptions import DomainError
from focusguard.api.serializers.strict import trimmed
from focusguard.web.client_address import address_bucket
from mail import services as mail_services
from mail.addresses import is_mailable

IDENTIFIER_LENGTH = 254  # an e-mail address


class StaffLoginForm(AdminAuthenticationForm):
    """Sign in with a username or an e-mail address.

    Unknown, wrong, inactive and not of the staff all get the same answer.
    """

    username = UsernameField(
        label="Username or e-mail",
        max_length=IDENTIFIER_LENGTH,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    password = forms.CharField(
        strip=False,
        max_length=MAX_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": "Enter the correct username and password of a staff account.",
        "inactive": "Enter the correct username and password of a staff account.",
    }
    # Why an attempt was refused before its password was checked.
    refusal: DomainError | None = None

    def __init__(
        self, request: HttpRequest | None = None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(request, *args, **kwargs)
        # The parent takes the length of the model's username, too short for e-mail.
        self.fields["username"].widget.attrs["maxlength"] = IDENTIFIER_LENGTH

    def clean_username(self) -> str:
        return trimmed(str(self.cleaned_data["username"]))

    def clean(self) -> dict[str, Any]:
        identifier = self.cleaned_data.get("username")
        if not identifier or not self.cleaned_data.get("password"):
            return self.cleaned_data
        known = (
            User.objects.identified_by(identifier).values_list("pk", flat=True).first()
        )
        address = address_bucket(self.request) if self.request else "local"
        try:
            with counting_sign_in(identifier, known, address) as is_open:
                cleaned = super().clean()
                if not is_open:
                    self.user_cache = None
                    raise self.get_invalid_login_error()
        except (LoginRateLimited, HashingBusy) as refusal:
            self.refusal = refusal
            raise ValidationError(refusal.detail, code="refused") from refusal
        except ValidationError:
            audit.record_failure(audit.Kind.SIGN_IN_FAILED, user_id=known)
            raise
        audit.record(audit.Kind.STAFF_SIGNED_IN, user_id=known)
        return cleaned


class StaffPasswordChangeForm(AdminPasswordChangeForm):
    """The old password is checked by the service, under the limit of the login."""

    def clean_old_password(self) -> str:
        return str(self.cleaned_data["old_password"])


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """The form in which staff change an account, with the rules of the API."""

    timezone = forms.ChoiceField(
        label="Timezone",
        choices=[(name, name) for name in sorted(ZONE_NAMES)],
        help_text="It says when a day begins, from the next session on.",
    )

    class Meta:
        model = User
        fields = (
            *("username", "email", "timezone"),
            *("leaderboard_visible", "weekly_report"),
        )

    def clean_username(self) -> str:
        return self._untaken("username", UsernameTaken.message)

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        if typed == self.instance.email:
            return typed
        mailbox = canonical_mailbox(typed)
        if mail_services.is_on() and not is_mailable(mailbox):
            raise ValidationError("No mail can be sent to this address.")
        self.cleaned_data["email"] = mailbox
        return self._untaken("email", EmailTaken.message)

    def _untaken(self, field: str, message: str) -> str:
        """Refuse early and beside the field what the unique index would refuse."""
        value = str(self.cleaned_data[field])
        others = User.objects.exclude(pk=self.instance.pk)
        if others.filter(**{f"{field}__iexact": value}).exists():
            raise ValidationError(message)
        return value
