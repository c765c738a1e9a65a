"""Events of an account, for the apps above to act on.

Each is sent by a service, inside its transaction. Payload: `user_id`. A receiver that
fails rolls everything back.
"""

from enum import Enum, auto

from django.dispatch import Signal

device_opened = Signal()
devices_ended = Signal()
# The user's own row: names, address, zone, XP and level.
profile_changed = Signal()
preferences_changed = Signal()
# Everything of the user is gone; also with `picture_id`, of a file that is to go too.
account_deleted = Signal()


class Withdrawal(Enum):
    """The reasons for which what was given before is trusted no longer."""

    PASSWORD_CHANGED = auto()
    # By a link that was mailed.
    PASSWORD_RESET = auto()
    SIGNED_OUT_EVERYWHERE = auto()
    DEACTIVATED = auto()
    # By who reads the mail of an address that nobody had proven: whoever made the account
    # may be somebody else, so that all that they put there ends, factors too.
    FIRST_PROVEN = auto()


# Devices have ended by then, under the user's lock. Payload: `user_id` and `why`, a
# Withdrawal; each receiver knows for which of them its own ways in end.
trust_withdrawn = Signal()
