"""What makers of a village's documents may look at: records, rules and files, within a person's roles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from bot.i18n import Translator
from bot.ports import Blobs, Document, Ids, PersonRecord, Work
from bot.services.addresses import BotName
from bot.services.rules import Rulebook
from bot.services.village.asker import Asker

P = ParamSpec("P")
T = TypeVar("T")

Load = Callable[[], AbstractAsyncContextManager[Work]]
"""Opens a transaction to read in, as Storage.work does."""


@dataclass(frozen=True, slots=True)
class VillageSource:
    """Where documents of a village come from; built once by bootstrap."""

    load: Load
    rulebook: Rulebook
    ids: Ids
    blobs: Blobs
    timezone: ZoneInfo
    web_address: str = ""
    """Public address of the web chat, for codes; empty when there is none to name."""
    bot_name: BotName = field(default_factory=BotName)
    """Of Telegram, likewise."""
    press: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Threads share the interpreter: drawing several at once would only hold up the conversations."""

    def today(self, at: datetime) -> date:
        """The local day of a moment."""
        return at.astimezone(self.timezone).date()

    @asynccontextmanager
    async def asked_by(self, person: PersonRecord, at: datetime) -> AsyncIterator[Asker]:
        """Read as a person: `asker.holds` and `asker.place` say again, now, what their roles allow."""
        async with self.load() as work:
            await self.rulebook.refresh(work)
            yield Asker(work, person, self.rulebook, self.ids, at, self.today(at), self.timezone)

    async def drawn(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what takes long in a thread, one after the other; never inside of `asked_by`."""
        async with self.press:
            return await asyncio.to_thread(do, *args, **kwargs)


Maker = Callable[[VillageSource, PersonRecord, str, Translator, datetime], Awaitable[Document]]
"""(source, for whom, `of` as in SendDocument, words, now) -> the document.

Raises: ValueError: there is no such thing, or it is none of this person's business.
"""
