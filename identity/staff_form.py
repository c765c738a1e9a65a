"""The staff's sign-in, which asks for the second factor of those who have one."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.forms import StaffLoginForm
from accounts.models import User
from accounts.user_lock import lock_user
from focusguard.web.client_address import address_bucket
from identity.exceptions import SecondFactorWrong
from identity.second_factor.factor_limits import counting_factor
from identity.second_factor.judgement import Answer, judge

NEEDS_ONE = (
    "Staff sign in here with a second factor only: set one up in the app, under "
    "You, Signing in."
)


class StaffSecondFactorForm(StaffLoginForm):
    """Name, password, and a code where the account has a second factor.

    A wrong code gets the answer of a wrong password, and is counted as one too.
    """

    code = forms.CharField(
        label="Code",
        required=False,
        max_length=64,
        help_text="Of your authenticator app, or a recovery code; empty without one.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not _has_anybody_a_factor():
            del self.fields["code"]

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if user.second_factor:
            self._judge(user)
        elif settings.REQUIRE_STAFF_SECOND_FACTOR:
            raise ValidationError(NEEDS_ONE, code="second_factor_required")

    def _judge(self, user: User) -> None:
        typed = str(self.data.get("code", ""))
        code = "".join(typed.split())
        answer = (
            Answer(code=code)
            if code.isascii() and code.isdigit()
            else Answer(recovery_code=typed)
        )
        address = address_bucket(self.request) if self.request else "local"
        try:
            with counting_factor(user.pk, address), transaction.atomic():
                judge(lock_user(user.pk), answer)
        except SecondFactorWrong as error:
            audit.record_failure(audit.Kind.SECOND_FACTOR_FAILED, user_id=user.pk)
            raise self.get_invalid_login_error() from error


def _has_anybody_a_factor() -> bool:
    """Tell whether somebody of the staff may be asked for a code.

    Where the keys were taken away recovery codes are: without the field whoever could
    reset the factors of others is locked out too.
    """
    staff = User.objects.filter(is_staff=True, second_factor=True)
    return bool(settings.ENCRYPTION_KEYS) or staff.exists()
