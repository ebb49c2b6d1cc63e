"""The real program as a process of its own, run and stopped as an administrator or a power cut would."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
"""How long anything may take on a busy machine before a test gives up."""

_ADDRESS_BEGINS = "Trò chuyện tại "


@dataclass(frozen=True)
class Finished:
    """A command that ran to its end."""

    code: int
    out: str
    errors: str


def free_port() -> int:
    """A port of loopback that nobody listens on; it stays the program's over its restarts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with these settings and no other of the program's."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("HOCTAP_")}
    return {**outer, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", **settings}


async def hoctap(*arguments: str, typed: str = "", **settings: str) -> Finished:
    """Run a command of the program to its end; `typed` is its standard input, settings its environment."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=ROOT,
        env=environment(settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, errors = await asyncio.wait_for(process.communicate(typed.encode()), PATIENCE_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode is not None
    return Finished(process.returncode, out.decode(), errors.decode())


class Program:
    """`python -m bot run` on one data directory; it can be started again after it stopped or was killed."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        """`settings`: the environment; the port of the web chat is chosen here unless they name one."""
        self.data_dir = data_dir
        self.log = data_dir.with_name(f"{data_dir.name}.log")
        """Everything written to standard error, by every process started."""
        listen = settings.get("HOCTAP_WEB_LISTEN") or f"127.0.0.1:{free_port()}"
        self.url = f"http://{listen}"
        self.settings = {"HOCTAP_DATA_DIR": str(data_dir), "HOCTAP_WEB_LISTEN": listen} | settings
        self.starts = 0
        self._process: asyncio.subprocess.Process | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None and self._process.returncode is None

    def logged(self) -> str:
        """What stands in the log now."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    async def spawn(self) -> None:
        """Start a process and wait for nothing."""
        assert not self.is_running
        self.starts += 1
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=ROOT,
                env=environment(self.settings),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )

    async def start(self) -> str:
        """Start a process and wait until people can be served; returns the line it printed.

        Raises: AssertionError: it ended instead; with its log.
        """
        await self.spawn()
        assert self._process is not None
        assert self._process.stdout is not None
        line = (await asyncio.wait_for(self._process.stdout.readline(), PATIENCE_S)).decode().rstrip("\n")
        if not line:
            code = await self._process.wait()
            raise AssertionError(f"the program ended with {code} instead of starting:\n{self.logged()[-3000:]}")
        assert line.startswith(_ADDRESS_BEGINS), line
        await self._until_ready()
        return line

    async def _until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        async with httpx.AsyncClient(base_url=self.url) as client:
            while self.is_running and time.monotonic() < deadline:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get("/readyz")).status_code == 200:
                        return
                await asyncio.sleep(0.02)
        raise AssertionError(f"nobody can be served at {self.url}:\n{self.logged()[-3000:]}")

    async def kill(self) -> None:
        """End the process as a power cut does: SIGKILL, nothing is finished."""
        assert self._process is not None
        if self.is_running:
            self._process.kill()
        await self._gone()

    async def stop(self) -> tuple[int, float]:
        """Ask the process to stop with SIGTERM; returns its exit code and how many seconds that took."""
        assert self._process is not None
        assert self.is_running, self.logged()[-3000:]
        asked_at = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        code = await self._gone()
        return code, time.monotonic() - asked_at

    async def exit_code(self) -> int:
        """Wait until the process ends by itself."""
        return await self._gone()

    async def _gone(self) -> int:
        assert self._process is not None
        assert self._process.stdout is not None
        await asyncio.wait_for(self._process.stdout.read(), PATIENCE_S)
        return await asyncio.wait_for(self._process.wait(), PATIENCE_S)


@asynccontextmanager
async def program(data_dir: Path, **settings: str) -> AsyncIterator[Program]:
    """A program that is started by the test and certainly gone after it."""
    running = Program(data_dir, **settings)
    try:
        yield running
    finally:
        if running.is_running:
            await running.kill()
