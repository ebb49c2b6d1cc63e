from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.handlers.web.app import create_app
from bot.handlers.web.settings import WebSettings
from tests.support.browser import ARGUMENTS, chromium_or_skip
from tests.support.fake_reception import CountedIds, FakeReception, WallClock
from tests.support.rule_shelf import rule_shelf
from tests.support.served import served

SETTINGS = WebSettings(
    secret="a secret of the tests only", max_upload_bytes=100_000, poll_s=0.5, answer_wait_s=0.5, opening_wait_s=2
)


# Not for the session: while Playwright is up its event loop runs in this thread, and no asynchronous test can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium_or_skip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Stage:
    """One server for all tests, playing the application of the test that runs."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with served(stage) as address:
        yield stage, address


@dataclass
class Phone:
    """A page of the chat, what the server took in, and everything the page complained about."""

    page: Page
    context: BrowserContext
    reception: FakeReception
    address: str
    complaints: list[str]

    def tap(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).click()

    def type(self, text: str) -> None:
        self.page.get_by_role("textbox").fill(text)
        self.tap("Gửi")

    def sees(self, text: str) -> None:
        """Wait until the newest message shows a text."""
        self.page.locator("article", has_text=text).last.wait_for()

    def to_the_first_question(self) -> None:
        self.tap("Đồng ý")
        self.sees("muốn được gọi là gì?")
        self.type("Bà Hoa")
        self.sees("được đi học đều không?")


class OpenPhone(Protocol):
    """Opens the chat on a phone of 360 x 640 or another."""

    def __call__(
        self,
        *,
        width: int = 360,
        height: int = 640,
        scale: float = 1,
        has_touch: bool = True,
        runs_scripts: bool = True,
        color_scheme: Literal["light", "dark"] = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
    ) -> Phone: ...


@pytest.fixture
def open_phone(browser: Browser, stage: tuple[Stage, str]) -> Iterator[OpenPhone]:
    contexts: list[BrowserContext] = []
    reception = FakeReception()
    app = create_app(reception, rule_shelf(), SETTINGS, WallClock(), CountedIds())
    stage[0].app, address = app, stage[1]

    def opened(
        *,
        width: int = 360,
        height: int = 640,
        scale: float = 1,
        has_touch: bool = True,
        runs_scripts: bool = True,
        color_scheme: Literal["light", "dark"] = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
    ) -> Phone:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            has_touch=has_touch,
            java_script_enabled=runs_scripts,
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
            locale="vi-VN",
        )
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return Phone(page, context, reception, address, complaints)

    yield opened
    for context in contexts:
        context.close()
    app.state.polls.close()


@pytest.fixture
def phone(open_phone: OpenPhone) -> Phone:
    return open_phone()
