"""Bounds of a socket and of a process full of them (docs/contract.md, Socket)."""

from enum import Enum

MESSAGE_BYTES = 4096
MESSAGES, MESSAGES_SECONDS = 10, 10.0
AUTH_SECONDS = 5.0
# Pings, pongs and pieces of messages, which are no messages.
FRAMES, FRAMES_SECONDS = 100, 10.0
# How long before its end a token is asked to be replaced.
SOON_SECONDS = 60.0
PER_DEVICE, PER_USER = 10, 20
# Handshakes of one address whose token has not been seen yet.
UNPROVEN_PER_ADDRESS = 20
SEND_SECONDS = 10.0
PING_SECONDS = 20.0
# What asyncio keeps of a socket whose reader is slow; beyond that sending waits, and the
# newest state takes the place of the one that waits.
WRITE_BYTES = 16 * 1024
# For the head of a handshake, and for the last words of a socket that is closed.
HEAD_SECONDS = 10.0
CLOSE_SECONDS = 10.0
DRAIN_SECONDS = 5

ASKED_AT_ONCE = 500
# A statement that takes longer has lost its server.
ASK_SECONDS = 3.0
RETRY_SECONDS = 1.0
STALE_SECONDS, GIVE_UP_SECONDS = 10.0, 60.0
RETRY_AFTER = 10


class Close(Enum):
    """The codes that we close with, and the reason that goes with each."""

    SLOW = 1013, "TRY_LATER"
    BAD_MESSAGE = 4400, "BAD_MESSAGE"
    TOKEN_INVALID = 4401, "TOKEN_INVALID"
    TOKEN_EXPIRED = 4401, "TOKEN_EXPIRED"
    SOMEBODY_ELSE = 4403, "TOKEN_OF_SOMEBODY_ELSE"
    AUTH_TIMEOUT = 4408, "AUTH_TIMEOUT"
    REPLACED = 4409, "REPLACED"
    RATE_LIMITED = 4429, "RATE_LIMITED"

    @property
    def code(self) -> int:
        return self.value[0]

    @property
    def reason(self) -> str:
        return self.value[1]
