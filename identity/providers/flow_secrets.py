"""State, nonce and PKCE verifier of a flow, derived from the id of its row.

None of them is stored: a copy of the table finishes nobody's sign-in, and what comes
back is compared with what can only have been made here.
"""

import base64
import uuid

from django.utils.crypto import constant_time_compare

from focusguard.web.signed_ids import mac_of, signed, split


def state_of(flow_id: uuid.UUID, provider: str) -> str:
    """Return the `state` of a flow, which is good at the callback of one provider."""
    return signed(flow_id, _mac("state", flow_id, provider))


def read_state(state: str, provider: str) -> uuid.UUID | None:
    """Return the flow that a `state` is of; None where we did not make it for this."""
    parts = split(state)
    if parts is None:
        return None
    flow_id, mac = parts
    is_ours = constant_time_compare(mac, _mac("state", flow_id, provider))
    return flow_id if is_ours else None


def nonce_of(flow_id: uuid.UUID) -> str:
    return _text(_mac("nonce", flow_id))


def verifier_of(flow_id: uuid.UUID) -> str:
    """Return the code verifier: 43 characters (RFC 7636, section 4.1)."""
    return _text(_mac("verifier", flow_id))


def _mac(what: str, flow_id: uuid.UUID, provider: str = "") -> bytes:
    return mac_of("identity.providers", what, flow_id.hex, provider)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
