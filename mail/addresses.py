"""E-mail addresses that a mail server can be handed without doubt."""

import re

# RFC 5321, sections 4.5.3.1.3 (a path of 256, with its brackets) and 4.5.3.1.1.
MAX_LENGTH = 254
MAX_LOCAL_PART = 64
# No quotes, no literals, no comments: what is in them is read in more than one way.
LOCAL_PART = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)
LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def is_mailable(address: str) -> bool:
    """Tell whether mail can be sent to this address, as far as its form says.

    Refused: a quoted part before the @, a domain of one label (`localhost`), an IP
    address for a domain, and whatever is not printable ASCII.
    """
    local, _, domain = address.rpartition("@")
    labels = domain.split(".")
    return (
        len(address) <= MAX_LENGTH
        and len(local) <= MAX_LOCAL_PART
        and LOCAL_PART.fullmatch(local) is not None
        and len(labels) > 1
        and all(LABEL.fullmatch(label) for label in labels)
        # Names end in letters, or in xn--; numbers alone are an IP address.
        and not labels[-1].isdigit()
    )
