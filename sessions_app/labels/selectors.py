"""The prepared statements about labels."""

from focusguard.db.prepared import Prepared
from sessions_app.models import Label

# The oldest first; there are a hundred at most.
OWN_LABELS = Prepared(lambda user_id: Label.objects.for_user(user_id).order_by("id"))
OWN_LABEL = Prepared(
    lambda user_id, label_id: Label.objects.for_user(user_id).filter(pk=label_id)
)
