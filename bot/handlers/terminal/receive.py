"""The terminal loop: show what came, read a line, send it, until the input ends."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol, TextIO

from bot.dialogs.effects import DocumentKind, Notice, SendDocument, Show
from bot.handlers.terminal.render import lines
from bot.handlers.terminal.translate import CHANNEL, translate
from bot.i18n import translator
from bot.ports import Document, Incoming, Kept

WAIT_S = 10.0
"""How long an answer may take before the prompt comes back."""


class FrontDoor(Protocol):
    """What the terminal needs of the reception."""

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Store updates."""

    async def mail(self, channel: str, external_id: str, after: int, wait_s: float = 0) -> tuple[Kept, ...]:
        """Return messages above an id."""

    async def document(self, channel: str, external_id: str, kind: DocumentKind, of: str = "") -> Document:
        """Make a document."""


ReadLine = Callable[[], Awaitable[str]]


async def read_stdin() -> str:
    """Read one line of standard input without holding up anybody; '' at its end."""
    return await asyncio.to_thread(sys.stdin.readline)


class Terminal:
    """One person at one terminal."""

    def __init__(
        self,
        front_door: FrontDoor,
        user: str,
        run: str,
        first_line: int,
        files: Path,
        *,
        out: TextIO,
        repro: bool = False,
    ) -> None:
        """`first_line`: the number of the first line, above every earlier run's. `repro`: echo inputs as a golden."""
        self._front_door = front_door
        self._user = user
        self._run = run
        self._number = first_line
        self._files = files
        self._out = out
        self._repro = repro
        self._after = 0
        self._seen: int | None = None

    async def talk(self, read_line: ReadLine = read_stdin) -> None:
        """Begin, or go on where the person was; return when the input ends."""
        for kept in await self._front_door.mail(CHANNEL, self._user, 0):
            self._after = kept.id
        await self._send("/start")
        while True:
            if not self._repro:
                self._write("> ", end="")
            line = await read_line()
            if not line:
                return
            if line.strip():
                await self._send(line.rstrip("\n"))

    async def _send(self, line: str) -> None:
        if self._repro:
            self._write(f"> {line}")
        self._number += 1
        await self._front_door.accept([translate(line, self._number, self._run, self._user, self._seen)])
        for kept in await self._front_door.mail(CHANNEL, self._user, self._after, WAIT_S):
            await self._show(kept)

    async def _show(self, kept: Kept) -> None:
        self._after = kept.id
        words = translator(kept.locale)
        match kept.content:
            case Show(screen):
                self._seen = screen.revision
                self._write("\n".join(lines(words.screen(screen), words)) + "\n")
            case SendDocument(kind, of):
                await self._save(kind, of)
            case Notice(text):
                self._write(f"! {words.say(text)}\n")
            case _:
                pass

    async def _save(self, kind: DocumentKind, of: str) -> None:
        document = await self._front_door.document(CHANNEL, self._user, kind, of)
        path = self._files / document.name
        await asyncio.to_thread(self._store, path, document.data)
        self._write(f"→ {path if not self._repro else document.name}\n")

    @staticmethod
    def _store(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def _write(self, text: str, end: str = "\n") -> None:
        self._out.write(text + end)
        self._out.flush()
