"""Finding the accounts whose stored figures are not what the log says."""

import uuid
from collections.abc import Iterator

from accounts.models import User
from stats.models import UserStats
from stats.proof import Account, Figures, accounts
from stats.services import figures_of_user


def find_user(id_or_name: str) -> User | None:
    """Find a user by id, username or e-mail."""
    named: User | None = User.objects.identified_by(id_or_name).first()
    try:
        user_id = uuid.UUID(id_or_name)
    except ValueError:
        return named
    # A username may look like an id; the id goes first.
    identified: User | None = User.objects.filter(pk=user_id).first()
    return identified or named


def select_accounts(user: User | None, *, batch_size: int) -> Iterator[list[Account]]:
    """Return the account of one user, or of all in batches."""
    if user is None:
        return accounts(batch_size=batch_size)
    return iter([[account_of(user)]])


def account_of(user: User) -> Account:
    """Return what is stored of one user, and what the log says."""
    stats = UserStats.objects.filter(pk=user.pk).first() or UserStats(user=user)
    stored = Figures(
        xp_points=user.xp_points,
        lvl=user.lvl,
        total_focus_min=stats.total_focus_min,
        total_sessions=stats.total_sessions,
        streak_length=stats.streak_length,
        last_focus_date=stats.last_focus_date,
        best_streak=stats.best_streak,
        streak_zone=stats.streak_zone,
        streak_until=stats.streak_until,
    )
    return Account(user.pk, stored, figures_of_user(user.pk))
