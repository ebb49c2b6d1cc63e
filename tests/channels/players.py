"""The same person on each channel: types, and reads what is really on the screen there."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Protocol

import httpx

from bot import bootstrap, config
from bot.handlers.terminal.receive import Terminal
from bot.services.deliver import GivingBack
from bot.services.pump import Pump
from tests.support.fake_telegram import Person
from tests.support.program import RunningClock


@dataclass(frozen=True)
class Seen:
    """What a person reads: the text, whatever the channel's markup, and the labels that can be tapped."""

    text: str
    labels: tuple[str, ...]


class Player(Protocol):
    """One person on one channel."""

    async def type(self, text: str) -> Seen:
        """Type a text and read the next screen."""


class TelegramPlayer:
    """A person of the fake Telegram."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._shown = 0

    async def type(self, text: str) -> Seen:
        """Type a text and read the next screen."""
        await self._person.send(text)
        await self._person.until(lambda _: len(self._from_bot()) > self._shown, timeout_s=30)
        self._shown = len(self._from_bot())
        labels = tuple(label for row in self._person.keyboard() for label in row)
        return Seen(self._person.screen(), labels)

    def _from_bot(self) -> list[object]:
        return [m for m in self._person.messages if m.is_from_bot]


class WebPlayer:
    """A visitor whose browser runs no scripts."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._page: _Page | None = None

    async def type(self, text: str) -> Seen:
        """Type a text into the page's own form and read the page that comes."""
        if self._page is None:
            self._page = _Page.read((await self._client.get("/")).text)
            if text == "/start":
                return self._page.seen()
        fields = {**self._page.fields, "text": text}
        before = self._page.newest
        files = {name: (None, value) for name, value in fields.items()}
        answer = await self._client.post("/send", files=files)
        while answer.status_code == httpx.codes.TOO_MANY_REQUESTS:  # nobody types as fast as a test does
            await asyncio.sleep(float(answer.headers["Retry-After"]))
            answer = await self._client.post("/send", files=files)
        self._page = _Page.read(answer.text)
        async with asyncio.timeout(30):
            while self._page.newest == before:
                await asyncio.sleep(0.05)
                self._page = _Page.read((await self._client.get("/")).text)
        return self._page.seen()


@dataclass
class _Page(HTMLParser):
    """The parts of the page a person reads and sends."""

    fields: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    articles: dict[str, list[str]] = field(default_factory=dict)
    newest: str = ""
    _form: str = ""
    _in_article: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def read(cls, html: str) -> _Page:
        """Read a page."""
        page = cls()
        page.feed(html)
        return page

    def seen(self) -> Seen:
        """The newest message and the buttons under it."""
        return Seen("\n".join(self.articles.get(self.newest, ())), tuple(self.labels))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, fields, buttons and articles."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = given.get("id", "choices")
        elif tag == "input" and given.get("type") == "hidden" and self._form == "composer":
            self.fields[given["name"]] = given.get("value", "")
        elif tag == "button" and "data-label" in given:
            self.labels.append(given["data-label"])
        elif tag == "article":
            self.newest = given["id"]
            self.articles[self.newest] = []
            self._in_article = True

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an article."""
        if tag == "article":
            self._in_article = False

    def handle_data(self, data: str) -> None:
        """Keep the words of an article."""
        if self._in_article and data.strip():
            self.articles[self.newest].append(data.strip())


class TerminalPlayer:
    """Somebody at the terminal; `transcript` is what was printed."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    async def play(self, inputs: tuple[str, ...]) -> str:
        """Type every line after the first '/start', which the terminal says itself; returns the transcript."""
        settings = config.load({"HOCTAP_DATA_DIR": str(self._data_dir)})
        out = StringIO()
        waiting = list(inputs)

        async def read_line() -> str:
            return f"{waiting.pop(0)}\n" if waiting else ""

        async with bootstrap.open_core(settings, RunningClock()) as core:
            pump = Pump(
                core.conversation, GivingBack(core.storage, core.clock).hand, core.updates, core.mail, core.clock
            )
            terminal = Terminal(core.reception, "lan", "run", 1, self._data_dir / "downloads", out=out, repro=True)
            async with asyncio.TaskGroup() as tasks:
                pumping = tasks.create_task(pump.run())
                await terminal.talk(read_line)
                pump.stop()
                await pumping
        return out.getvalue()


def plain(text: str) -> str:
    """A text without the signs that channels set before paragraphs, and with times made the same."""
    text = re.sub(r"^(?:[#!?✓~•–] |✅ |ℹ️ |[^\w\s]{1,2} )", "", text.strip())
    return re.sub(r"\d\d:\d\d(?= \d\d/\d\d/\d{4})", "00:00", text)
