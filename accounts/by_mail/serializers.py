"""The shapes of what accounts do by mail (docs/contract.md, Mail)."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

from accounts.by_mail.mail_links import Kind, find_link
from accounts.mailboxes import MAX_LENGTH as MAILBOX_LENGTH
from accounts.mailboxes import NO_MAILBOX, canonical_mailbox
from accounts.models import MailLink, User
from accounts.serializers import NewPasswordField
from focusguard.api.serializers.strict import StrictSerializer, TypedCharField
from mail.addresses import is_mailable

# More than any link; what is longer is no link either, and not worth looking at.
TOKEN_LENGTH = 4096


class ForgottenAddressField(TypedCharField):
    """An address as somebody typed it: good enough to ask whose it is.

    One in other letters than ours is nobody's and still no slip: to say so would tell
    it from one that is somebody's.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAILBOX_LENGTH, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        typed = super().to_internal_value(data)
        try:
            mailbox = canonical_mailbox(typed)
        except ValidationError:
            local, at, domain = typed.rpartition("@")
            mailbox = _or_none(f"{_in_our_letters(local)}{at}{domain}")
        else:
            typed = mailbox
        if not is_mailable(mailbox):
            raise serializers.ValidationError(NO_MAILBOX, code="invalid")
        return typed


class ForgottenPasswordSerializer(StrictSerializer):
    email = ForgottenAddressField()


class LinkTokenField(TypedCharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=TOKEN_LENGTH,
            help_text="What stands behind the # of the link.",
            **kwargs,
        )


class AddressProofSerializer(StrictSerializer):
    token = LinkTokenField()


class ProvenAddressSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(source="mailbox", max_length=MAILBOX_LENGTH)
    email_verified = serializers.BooleanField()


class PasswordResetSerializer(StrictSerializer):
    """A link and a new password, which is judged as that of the link's user."""

    token = LinkTokenField()
    new_password = NewPasswordField()

    link: MailLink

    def whose(self) -> User:
        """Return whose password it will be. LinkInvalid, before all that is wrong."""
        try:
            token = self.fields["token"].run_validation(self.initial_data.get("token"))
        except serializers.ValidationError:
            return User()  # told beside its own field
        self.link = find_link(token, [Kind.RESET])
        return self.link.user


def _or_none(address: str) -> str:
    try:
        return canonical_mailbox(address)
    except ValidationError:
        return ""


def _in_our_letters(text: str) -> str:
    return re.sub(
        r"[^\x00-\x7f]", lambda found: "x" if found[0].isalnum() else " ", text
    )
