"""The same person on each channel: types and taps, and reads what is really on the screen there."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
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
from tests.support.fake_telegram import FakeTelegram
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

    async def tap(self, label: str) -> Seen:
        """Tap what has this label and read the next screen."""


class TelegramPlayer:
    """A person of the fake Telegram."""

    def __init__(self, fake: FakeTelegram, name: str) -> None:
        self._fake = fake
        self._person = fake.person(name)
        self._shown = 0

    async def type(self, text: str) -> Seen:
        """Type a text and read the next screen."""
        await self._person.send(text)
        await self._person.until(lambda _: len(self._from_bot()) > self._shown, timeout_s=30)
        return self._seen()

    async def tap(self, label: str) -> Seen:
        """Press a button and read the screen, which stands where the button was; that takes a second.

        What is typed within the second of an edit counts as written before it.
        """
        before = self._person.screen()
        await self._person.tap(label)
        await self._person.until(lambda person: person.screen() != before and not person.waiting_presses, timeout_s=30)
        self._fake.clock.advance(1)
        return self._seen()

    def _seen(self) -> Seen:
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
        return await self._send(self._page.composer | {"text": text})

    async def tap(self, label: str) -> Seen:
        """Send the form of a button and read the page that comes."""
        assert self._page is not None
        assert label in self._page.choices, f"{label!r} is not among {list(self._page.choices)}"
        return await self._send(self._page.buttons | {"choice": self._page.choices[label]})

    async def _send(self, fields: Mapping[str, str]) -> Seen:
        before = self._page.newest if self._page else ""
        files = {name: (None, value) for name, value in fields.items()}
        answer = await self._client.post("/send", files=files)
        while answer.status_code == httpx.codes.TOO_MANY_REQUESTS:  # nobody types as fast as a test does
            await asyncio.sleep(float(answer.headers["Retry-After"]))
            answer = await self._client.post("/send", files=files)
        page = _Page.read(answer.text)
        async with asyncio.timeout(30):
            while page.newest == before:
                await asyncio.sleep(0.05)
                page = _Page.read((await self._client.get("/")).text)
        self._page = page
        return page.seen()


@dataclass
class _Page(HTMLParser):
    """The parts of the page a person reads and sends."""

    composer: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
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
        return Seen("\n".join(self.articles.get(self.newest, ())), tuple(self.choices))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, fields, buttons and articles."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = given.get("id", "choices")
        elif tag == "input" and given.get("type") == "hidden":
            fields = self.composer if self._form == "composer" else self.buttons
            fields[given["name"]] = given.get("value", "")
        elif tag == "button" and "data-label" in given:
            self.choices[given["data-label"]] = given["value"]
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
    """Somebody at a terminal, where nothing can be tapped."""

    def __init__(self, data_dir: Path, user: str) -> None:
        self._data_dir = data_dir
        self._user = user

    async def play(self, inputs: Sequence[str]) -> str:
        """Type every line after the '/start' that the terminal says itself; returns what was printed."""
        settings = config.load({"HOCTAP_DATA_DIR": str(self._data_dir)})
        out = StringIO()
        waiting = list(inputs)

        async def read_line() -> str:
            return f"{waiting.pop(0)}\n" if waiting else ""

        async with bootstrap.open_core(settings, RunningClock()) as core:
            pump = Pump(
                core.conversation, GivingBack(core.storage, core.clock).hand, core.updates, core.mail, core.clock
            )
            downloads = self._data_dir / "downloads"
            terminal = Terminal(core.reception, self._user, self._user, 1, downloads, out=out, repro=True)
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
