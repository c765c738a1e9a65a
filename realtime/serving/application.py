"""The ASGI application: sockets at their two paths, and a few answers over HTTP."""

import asyncio
import contextlib
import gc
from typing import Any

from channels.routing import ProtocolTypeRouter

from focusguard.api.exceptions import RouteNotFound
from realtime.serving.answers_of_http import PATHS, Pages, refusal
from realtime.serving.consumer import SocketConsumer
from realtime.serving.hearing import Hearing
from realtime.serving.open_sockets import OpenSockets
from realtime.serving.pulse import Pulse


def application() -> ProtocolTypeRouter:
    """Make what a process serves: its sockets, and what tells them."""
    sockets = OpenSockets()
    pulse = Pulse(sockets)
    hearing = Hearing(pulse.hint, pulse.sweep_now)
    consumer: Any = SocketConsumer.as_asgi(sockets=sockets, pulse=pulse)

    async def by_path(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] in PATHS:
            await consumer(scope, receive, send)
            return
        for part in refusal(RouteNotFound(), "websocket.http.response"):
            await send(part)

    async def lifespan(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        tasks = [
            asyncio.ensure_future(pulse.run()),
            asyncio.ensure_future(hearing.run()),
        ]
        # What was imported stays; it is left out of every later search for garbage.
        gc.collect()
        gc.freeze()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await send({"type": "lifespan.shutdown.complete"})

    return ProtocolTypeRouter(
        {
            "websocket": by_path,
            "http": Pages(sockets, pulse, hearing),
            "lifespan": lifespan,
        }
    )
