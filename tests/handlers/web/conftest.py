from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.handlers.web.app import create_app
from bot.handlers.web.settings import WebSettings
from tests.handlers.web.reader import Person
from tests.support.fake_reception import CountedIds, FakeReception, StillClock
from tests.support.rule_shelf import rule_shelf

SETTINGS = WebSettings(
    secret="a secret of the tests only",
    max_upload_bytes=50_000,
    poll_s=0.05,
    answer_wait_s=0.05,
    opening_wait_s=0.05,
)


@pytest.fixture
def reception() -> FakeReception:
    return FakeReception()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(reception: FakeReception, clock: StillClock) -> Starlette:
    return create_app(reception, rule_shelf(), SETTINGS, clock, CountedIds())


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://chat.test") as client:
        yield client


@pytest.fixture
def person(client: httpx.AsyncClient) -> Person:
    return Person(client)
