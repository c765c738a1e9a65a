"""The event of an import, for whoever does the work in the background.

Sent by `importing.services` inside the transaction that makes something due. Payload:
`import_id`, and `step`: `read`, `apply` or `undo`. A receiver that fails rolls
everything back.
"""

from django.dispatch import Signal

import_due = Signal()
