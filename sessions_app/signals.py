"""Events of a session, for the apps above to act on.

Each is sent by a service, exactly once, inside its transaction and with the user's
row locked. Payload: `session`, a FocusSession as it is now (for a deleted one: as it
was); `now` beside it for a re-planned one, which still runs. A receiver that fails rolls everything back.
"""

from django.dispatch import Signal

session_completed = Signal()
session_abandoned = Signal()
session_replanned = Signal()
session_deleted = Signal()
