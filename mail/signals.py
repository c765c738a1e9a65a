"""The event of a mail, for the apps above to act on.

Sent by `mail.services.queue`, exactly once a row and inside the transaction that wrote
it. Payload: `mail_id`. A receiver that fails rolls everything back.
"""

from django.dispatch import Signal

mail_queued = Signal()
