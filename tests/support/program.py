"""The whole program inside the test's own process: real database, real web server, real Telegram client."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from bot import bootstrap, config
from bot.ports import Clock

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class RunningClock:
    """A clock that begins at a fixed moment and runs on from there."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the moment reached."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def monotonic(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def program(data_dir: Path, clock: Clock | None = None, /, **settings: str) -> AsyncIterator[str]:
    """Run the program while the context lasts; gives the address of its web chat."""
    address = settings.setdefault("HOCTAP_WEB_LISTEN", f"127.0.0.1:{free_port()}")
    env = {"HOCTAP_DATA_DIR": str(data_dir), "HOCTAP_LOG": "warning", **settings}
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(bootstrap.run(config.load(env), stopping, clock or RunningClock()))
        try:
            await _ready(f"http://{address}")
            yield f"http://{address}"
        finally:
            stopping.set()


async def _ready(url: str) -> None:
    """Wait until the program listens and says that it is ready.

    The first is tried with plain sockets: asyncio of Python 3.11 leaves one open when a connection is refused.
    """
    host, port = url.removeprefix("http://").split(":")
    async with asyncio.timeout(60):
        while not _listens(host, int(port)):
            await asyncio.sleep(0.05)
        async with httpx.AsyncClient() as client:
            while (await client.get(f"{url}/readyz")).status_code != 200:
                await asyncio.sleep(0.05)


def _listens(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0
