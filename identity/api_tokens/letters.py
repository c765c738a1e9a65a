"""The notices of API tokens, and what they add to that of a changed password."""

from accounts.by_mail import notices
from accounts.by_mail.letters import add_to_notice, register_notice
from identity.api_tokens import services

SAID = {
    services.TOKEN_MADE: (
        "A new API token for your FocusGuard account",
        "An API token was made: a program that has it asks in your name.",
    ),
    services.TOKEN_REVOKED: (
        "An API token of your FocusGuard account was removed",
        "An API token was removed: the program that has it asks in vain from now on.",
    ),
}


def register_letters() -> None:
    """Tell the sender how to make each of them."""
    for kind, (subject, sentence) in SAID.items():
        register_notice(kind, subject, template="notice_way_in", sentence=sentence)
    add_to_notice(
        notices.PASSWORD_CHANGED,
        lambda user: {"programs": services.kept_programs(user.pk)},
    )
