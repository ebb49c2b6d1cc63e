"""Waiting for something to become true without looking again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Changes:
    """Tells everybody who waits that something changed; costs nothing while nobody waits."""

    __slots__ = ("_waiting", "version")

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []
        self.version = 0

    def notify(self) -> None:
        """Something changed."""
        self.version += 1
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for future in waiting:
                if not future.done():
                    future.set_result(None)

    async def until(self, condition: Callable[[], bool], timeout_s: float) -> bool:
        """True as soon as `condition()` is, False when it is still not after `timeout_s` real seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        while not condition():
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.append(future)
            try:
                await asyncio.wait_for(future, max(0.0, deadline - loop.time()))
            except TimeoutError:
                return condition()
        return True
