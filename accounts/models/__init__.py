"""The tables of people, of the devices that they are signed in on, and of their record."""

from accounts.models.auth_session import AuthSession, AuthSessionQuerySet
from accounts.models.mail_link import MailLink
from accounts.models.own_preferences import Preferences
from accounts.models.registration_key import RegistrationKey
from accounts.models.security_event import SecurityEvent
from accounts.models.user import USERNAME_PATTERN, User, level_for_xp

__all__ = [
    "USERNAME_PATTERN",
    "AuthSession",
    "AuthSessionQuerySet",
    "MailLink",
    "Preferences",
    "RegistrationKey",
    "SecurityEvent",
    "User",
    "level_for_xp",
]
