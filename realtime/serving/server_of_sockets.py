"""uvicorn, as the realtime process runs it: one process, one loop, a quiet log."""

import logging
import resource
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from django.conf import settings

from realtime.serving.application import application
from realtime.serving.bounds_of_sockets import (
    DRAIN_SECONDS,
    MESSAGE_BYTES,
    PING_SECONDS,
)
from realtime.serving.protocols import HeadProtocol, SocketProtocol

logger = logging.getLogger("focusguard.realtime")

# For Postgres, Valkey, the log, and sockets that are refused or still closing.
SPARE_DESCRIPTORS = 200


class Server(uvicorn.Server):
    """Ends with status 0 when it was asked to stop; uvicorn would raise TERM anew."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        stops = (signal.SIGTERM, signal.SIGINT)
        before = {one: signal.signal(one, self.handle_exit) for one in stops}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def serve(listener: socket.socket) -> None:
    """Serve until TERM: then every socket is closed with 1012, and clients come back."""
    allow_many_sockets()
    # Its lines would have whatever a client writes into its address.
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    config = uvicorn.Config(
        application(),
        loop="asyncio",
        http=HeadProtocol,
        ws=SocketProtocol,
        ws_max_size=MESSAGE_BYTES,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        # 30 kB a socket, and messages are small.
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    Server(config).run(sockets=[listener])


def allow_many_sockets() -> None:
    """Take as many descriptors as the system lets us; a shell's default is 1 024.

    What that leaves too little for is said now: a process without one more refuses
    sockets with nothing but a line of the system's.
    """
    has, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if has != most:
        # Refused where the unit keeps it, and by macOS above a limit of its own.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    has, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = settings.REALTIME_MAX_SOCKETS + SPARE_DESCRIPTORS
    if has != resource.RLIM_INFINITY and has < wanted:
        logger.warning(
            "REALTIME_MAX_SOCKETS is %s, and this process may have %s files and "
            "sockets: raise that (LimitNOFILE=, ulimit -Hn) to %s, or say fewer",
            settings.REALTIME_MAX_SOCKETS,
            has,
            wanted,
        )
