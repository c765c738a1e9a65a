"""The event of a garden that its owner changed, for the apps above to act on.

Sent by `garden.services` inside the transaction. Payload: `user_id`. What a plant does
because its session ended is told by the session's own events.
"""

from django.dispatch import Signal

garden_changed = Signal()
