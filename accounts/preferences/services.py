"""Writes to preferences: the fields that were sent, and no other."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Preferences
from accounts.preferences.selectors import OWN_PREFERENCES
from accounts.signals import preferences_changed
from accounts.user_lock import lock_user


@transaction.atomic
def change_preferences(
    *, user_id: uuid.UUID, changes: dict[str, Any], now: datetime | None = None
) -> Preferences:
    """Set some of a user's preferences. TokenInvalid when the user is gone.

    Only their columns are written, so that two devices which change different ones at
    once both keep theirs. `onboarded` is no column: it sets the moment at which the
    introduction was first done or skipped, or takes it away.
    """
    user = lock_user(user_id)
    now = now or timezone.now()
    kept: Preferences | None = OWN_PREFERENCES.first(user_id=user.pk)
    preferences = kept or Preferences(user_id=user.pk, updated_at=user.created_at)
    changes = dict(changes)
    if (onboarded := changes.pop("onboarded", None)) is not None:
        first = preferences.onboarded_at or now
        changes["onboarded_at"] = first if onboarded else None
    if not changes:
        return preferences
    changes["updated_at"] = now
    for name, value in changes.items():
        setattr(preferences, name, value)
    if kept is None:
        preferences.save(force_insert=True)
    else:
        preferences.save(update_fields=changes)
    preferences_changed.send(sender=Preferences, user_id=user_id)
    return preferences
