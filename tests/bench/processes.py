"""Processes under measurement: started, listened to, weighed, and always ended."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
_TICKS = os.sysconf("SC_CLK_TCK")
_ANSWER_S = 120.0


class Process:
    """One started process."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    async def line(self) -> dict[str, Any]:
        """The next line it prints. Raises: RuntimeError with the end of its log when it has died."""
        if self._process.stdout is None:
            raise RuntimeError("this process is not listened to")
        async with asyncio.timeout(_ANSWER_S):
            line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a process ended by itself:\n{self.complaint()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def ask(self, **command: object) -> dict[str, Any]:
        """Give it a command and return its answer."""
        if self._process.stdin is None:
            raise RuntimeError("this process is not spoken to")
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        return await self.line()

    def memory_mb(self) -> tuple[float, float]:
        """Resident memory now and at its highest, in MB of a million bytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        fields = dict(line.split(":", 1) for line in status.splitlines())
        now, peak = (int(fields[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
        return now, peak

    def cpu_s(self) -> float:
        """Processor seconds used so far, by all of its threads."""
        words = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / _TICKS

    async def kill(self) -> None:
        """End it at once, as a loss of power would."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    def complaint(self) -> str:
        """The end of what it wrote to standard error."""
        return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])


@asynccontextmanager
async def started(
    module: str, *arguments: str, env: Mapping[str, str], log: Path, is_spoken_to: bool = False
) -> AsyncIterator[Process]:
    """Run `python -m module` from the root of the project; it is ended when the context is left.

    Args:
        log: where its standard error goes, and its standard output if nobody listens.
    """
    pipe = asyncio.subprocess.PIPE if is_spoken_to else None
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HOCTAP_")}
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *arguments,
            cwd=ROOT, env=inherited | dict(env), stdin=pipe, stdout=pipe or out, stderr=out,
        )  # fmt: skip
    running = Process(process, log)
    try:
        yield running
    finally:
        await running.kill()
