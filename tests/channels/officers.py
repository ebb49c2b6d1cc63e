"""Officers on Telegram and in the browser: they type, tap, send files and open what they are sent."""

from __future__ import annotations

import asyncio
import re
from html import unescape
from typing import Protocol

import httpx

from tests.handlers.web.reader import Person as Visitor
from tests.support.fake_telegram import FakeTelegram
from tests.support.fake_telegram.screen import ScreenMessage

PATIENCE_S = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Officer(Protocol):
    """One person on one channel; every step waits until some words stand on the newest screen, and returns it."""

    document_comes: str
    """What is read when a workbook was asked for."""

    async def type(self, text: str, then: str) -> str:
        """Type a text."""

    async def tap(self, label: str, then: str) -> str:
        """Tap what has this label."""

    async def attach(self, name: str, data: bytes, then: str, mime: str = XLSX) -> str:
        """Send a file."""

    async def document(self) -> tuple[str, bytes]:
        """The name and the bytes of the newest document."""


class OnTelegram:
    """A person of the fake Telegram."""

    document_comes = "Mở bằng Excel hoặc LibreOffice, sửa xong gửi lại vào đây."

    def __init__(self, fake: FakeTelegram, name: str) -> None:
        self._fake = fake
        self._person = fake.person(name)

    async def type(self, text: str, then: str) -> str:
        """Type a text."""
        await self._person.send(text)
        return await self._until(then)

    async def tap(self, label: str, then: str) -> str:
        """Press a button; where labels are long, they stand in the text and the button has their number."""
        numbered = re.search(rf"^(\d+)\. {re.escape(label)}$", self._person.screen(), re.MULTILINE)
        await self._person.tap(numbered[1] if numbered else label)
        return await self._until(then)

    async def attach(self, name: str, data: bytes, then: str, mime: str = XLSX) -> str:
        """Send a document."""
        await self._person.send_document(name, mime, content=data)
        return await self._until(then)

    async def document(self) -> tuple[str, bytes]:
        """Download the newest document."""
        await self._person.until(lambda _: bool(self._documents()), PATIENCE_S)
        newest = self._documents()[-1]
        return newest.file_name, self._person.content(newest.file_id)

    def caption(self) -> str:
        """What stands under the newest document."""
        return self._documents()[-1].text

    def _documents(self) -> list[ScreenMessage]:
        return [m for m in self._person.messages if m.is_from_bot and m.kind == "document"]

    async def _until(self, then: str) -> str:
        """Wait; what is written within the second of an edit would count as written before it."""
        screen = await self._person.until(then, PATIENCE_S)
        self._fake.clock.advance(1)
        return screen


class OnTheWeb:
    """A visitor whose browser runs no scripts."""

    document_comes = "Đang gửi tệp Excel. Sửa xong, gửi lại tệp vào đây."

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._visitor = Visitor(client)

    async def open(self) -> None:
        """Open the page."""
        await self._visitor.open()

    async def type(self, text: str, then: str) -> str:
        """Type into the page's own form."""
        await self._visitor.type(text)
        return await self._until(then)

    async def tap(self, label: str, then: str) -> str:
        """Press a button of the page."""
        await self._visitor.tap(label)
        return await self._until(then)

    async def attach(self, name: str, data: bytes, then: str, mime: str = XLSX) -> str:
        """Send a file with the page's own form, where it offers to."""
        assert self.takes_files, "the page offers no button for files"
        await self._visitor.attach(name, data, mime)
        return await self._until(then)

    async def document(self) -> tuple[str, bytes]:
        """Follow the newest link to a document."""
        href = unescape(re.findall(r'href="(/tai/[^"]+)"', self._visitor.response.text)[-1])
        answer = await self._visitor.client.get(href)
        assert answer.status_code == httpx.codes.OK, href
        name = re.search(r'filename="([^"]+)"', answer.headers["Content-Disposition"])
        assert name is not None
        return name[1], answer.content

    async def fetch(self, address: str) -> httpx.Response:
        """Open another page in the same browser."""
        return await self._visitor.client.get(address)

    @property
    def takes_files(self) -> bool:
        """Whether the page shows the button for files."""
        return all("hidden" not in tag for tag in self._visitor.page.all("span", id="attach"))

    async def _until(self, then: str) -> str:
        seen = self._newest()
        for _ in range(20 * PATIENCE_S):
            if then in seen:
                return seen
            await asyncio.sleep(0.05)
            await self._visitor.open()
            seen = self._newest()
        raise AssertionError(f"{then!r} did not come within {PATIENCE_S} s. On the screen: {seen}")

    def _newest(self) -> str:
        articles = re.findall(r"<article.*?</article>", self._visitor.response.text, re.DOTALL)
        screens = [each for each in articles if 'class="document"' not in each]
        return unescape(re.sub(r"<[^>]+>", " ", screens[-1])) if screens else self._visitor.page.text
