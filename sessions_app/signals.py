"""Events of a session, for the apps above to act on; and of what else is told or named.

Those of a session are sent by a service, exactly once, inside its transaction and with
the user's row locked. Payload: `session`, a FocusSession as it is now (for a deleted
one: as it was); `now` beside it for a re-planned one, which still runs. The others say
`user_id`. A receiver that fails rolls everything back.
"""

from django.dispatch import Signal

session_started = Signal()
session_completed = Signal()
session_abandoned = Signal()
session_replanned = Signal()
session_deleted = Signal()

labels_changed = Signal()
entries_changed = Signal()
# Label or note of a record.
record_annotated = Signal()
