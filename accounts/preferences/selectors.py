"""The statement that reads a user's preferences."""

from accounts.models import Preferences, User
from focusguard.db.prepared import Prepared

OWN_PREFERENCES = Prepared(lambda user_id: Preferences.objects.filter(pk=user_id))


def preferences_of(user: User) -> Preferences:
    """Return what the user has set; the defaults of whoever has set nothing yet."""
    kept: Preferences | None = OWN_PREFERENCES.first(user_id=user.pk)
    return kept or Preferences(user_id=user.pk, updated_at=user.created_at)
