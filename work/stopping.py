"""TERM and INT for an asyncio program: the first of them cancels it."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any


async def until_told(program: Coroutine[Any, Any, None]) -> None:
    """Run a program until it has ended, by itself or cancelled by TERM or INT.

    A second signal changes nothing: it would cancel what the program does to end well.
    """
    loop = asyncio.get_running_loop()
    running = asyncio.ensure_future(program)
    told = asyncio.Event()

    def stop() -> None:
        if not told.is_set():
            told.set()
            running.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    try:
        await running
    except asyncio.CancelledError:
        if not told.is_set():
            raise
