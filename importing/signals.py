"""The events of an import, for the apps above to act on.

Sent inside the transaction. `import_due`, by `importing.services`, for whoever does the
work in the background: `import_id`, and `step`: `read`, `apply` or `undo`.
`import_moved`, whenever the status is another: `user_id`. A receiver that fails rolls
everything back.
"""

from django.dispatch import Signal

import_due = Signal()
import_moved = Signal()
