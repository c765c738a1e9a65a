"""The prepared statements about users and their devices."""

from accounts.models import AuthSession, User
from focusguard.api.pagination import Pages
from focusguard.db.prepared import Prepared, PreparedUpdate

# The one lock that every write of a user takes first: `accounts.user_lock.lock_user`.
LOCKED_USER = Prepared(
    lambda user_id: User.objects.select_for_update(no_key=True).filter(pk=user_id)
)
LOCKED_ACTIVE_USER = Prepared(
    lambda user_id: (
        User.objects.active().select_for_update(no_key=True).filter(pk=user_id)
    )
)

# A live device, as far as a request asks, and the user whom it belongs to.
SIGNED_IN = Prepared(
    lambda device_id, user_id: (
        AuthSession.objects.live()
        .select_related("user")
        .only(
            *("user", "confirmed", "given_anew"),
            *(f"user__{field.name}" for field in User._meta.concrete_fields),
        )
        .filter(pk=device_id, user_id=user_id, user__is_active=True)
    )
)
LIVE_DEVICE = Prepared(
    lambda device_id, user_id: (
        AuthSession.objects.live()
        .select_related("user")
        .filter(pk=device_id, user_id=user_id, user__is_active=True)
    )
)
OWN_DEVICES = Pages(
    lambda user_id, now: AuthSession.objects.live().filter(
        user_id=user_id, expires_at__gt=now
    )
)

# Own columns only: with a join Django updates by a subquery, which two racers pass at
# once under READ COMMITTED.
ROTATE = PreparedUpdate(
    lambda device_id, spent_jti: AuthSession.objects.live().filter(
        pk=device_id, current_jti=spent_jti
    ),
    "current_jti",
    "previous_jti",
    "last_used_at",
    "expires_at",
    "repeats",
    "user_agent",
    "ip",
    always={
        "confirmed": False,
        "issue": 0,
        "repeated": AuthSession.Repeated.NEVER,
    },
)
CONFIRM = PreparedUpdate(
    lambda device_id, newest_jti, newest_issue: AuthSession.objects.filter(
        pk=device_id, current_jti=newest_jti, issue=newest_issue
    ),
    always={"confirmed": True},
)

# Feeds the boards: triggers on `users` count the change of score.
SET_XP = PreparedUpdate(
    lambda user_id: User.objects.filter(pk=user_id), "xp_points", "lvl", "updated_at"
)
