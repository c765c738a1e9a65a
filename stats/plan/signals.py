"""The event of a plan, or of days off, that was set.

Sent by `stats.plan.services` inside the transaction. Payload: `user_id`.
"""

from django.dispatch import Signal

plan_changed = Signal()
