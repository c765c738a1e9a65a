"""Notices of changes of the ways in: a mail for who may not have done it.

A part adds its kinds to `SAID` with a subject and a sentence, and calls `tell` in the
transaction of what it tells.
"""

from typing import NamedTuple

from accounts.by_mail import notices
from accounts.by_mail.letters import register_notice
from accounts.models import User

TOTP_ADDED = "notice_totp_added"
TOTP_REMOVED = "notice_totp_removed"
RECOVERY_CODES_MADE = "notice_recovery_codes_made"
RECOVERY_CODE_USED = "notice_recovery_code_used"
SECOND_FACTOR_RESET = "notice_second_factor_reset"
PASSKEY_ADDED = "notice_passkey_added"
PASSKEY_REMOVED = "notice_passkey_removed"
PASSKEY_CLONED = "notice_passkey_cloned"
IDENTITY_LINKED = "notice_identity_linked"
IDENTITY_UNLINKED = "notice_identity_unlinked"


class Said(NamedTuple):
    """The subject of a notice, and what it says happened."""

    subject: str
    sentence: str


SAID = {
    TOTP_ADDED: Said(
        "Your FocusGuard account has a second factor",
        "An authenticator app was added to your account. From now on a sign-in asks for "
        "its code.",
    ),
    TOTP_REMOVED: Said(
        "Your FocusGuard account has no second factor any more",
        "The authenticator app was removed from your account, and its recovery codes "
        "with it.",
    ),
    RECOVERY_CODES_MADE: Said(
        "New recovery codes of your FocusGuard account",
        "New recovery codes were made for your account. The old ones are good no more.",
    ),
    RECOVERY_CODE_USED: Said(
        "A recovery code of your FocusGuard account was used",
        "A recovery code was taken in the place of a code of your authenticator app.",
    ),
    SECOND_FACTOR_RESET: Said(
        "The second factor of your FocusGuard account was reset",
        "The people who run this service have taken the second factor of your account "
        "away. Set up another one.",
    ),
    # Without the passkey's name: whoever adds one in somebody else's account would
    # choose what our own letter says.
    PASSKEY_ADDED: Said(
        "A passkey was added to your FocusGuard account",
        "A passkey was added to your account. Whoever has it signs in without your "
        "password.",
    ),
    PASSKEY_REMOVED: Said(
        "A passkey was removed from your FocusGuard account",
        "A passkey was removed from your account. It opens nothing any more.",
    ),
    PASSKEY_CLONED: Said(
        "A passkey of your FocusGuard account was refused",
        "A passkey of your account counts how often it was used, and that count went "
        "back: there may be a copy of it. Remove it, and add another one.",
    ),
    IDENTITY_LINKED: Said(
        "An account was linked to your FocusGuard account",
        "An account elsewhere was linked to yours: whoever has it can sign in by it.",
    ),
    IDENTITY_UNLINKED: Said(
        "An account was unlinked from your FocusGuard account",
        "An account elsewhere was unlinked: it signs in to yours no more.",
    ),
}


def tell(kind: str, user: User, *, detail: str = "") -> None:
    """Queue a notice for a user; `detail` is one more sentence of facts."""
    notices.tell(kind, user, more={"detail": detail} if detail else None)


def register_letters() -> None:
    """Tell the sender how to make each of them."""
    for kind, said in SAID.items():
        register_notice(
            kind, said.subject, template="notice_way_in", sentence=said.sentence
        )
