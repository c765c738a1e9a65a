"""The prepared statement by which a request of a program is signed in."""

from accounts.models import User
from focusguard.db.prepared import Prepared
from identity.models import ApiToken

# A token that was not revoked, as far as a request asks, and the user whom it belongs to:
# one statement, as for a device. Its time is judged by us, who can tell that it is over.
ASKING = Prepared(
    lambda digest: (
        ApiToken.objects.unrevoked()
        .select_related("user")
        .only(
            *("user", "scopes", "expires_at", "last_used_on"),
            *(f"user__{field.name}" for field in User._meta.concrete_fields),
        )
        .filter(digest=digest, user__is_active=True)
    )
)
