"""A fake with a frozen clock, and a bare HTTP client for what no library would send."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.fake_telegram import FakeTelegram, Person, VirtualClock

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loading the certificates of the world takes longer than most tests here."""


class Api:
    """Calls methods with JSON bodies and gives the whole answer."""

    def __init__(self, fake: FakeTelegram, http: httpx.AsyncClient) -> None:
        self.fake = fake
        self.http = http
        self.url = f"{fake.url}/bot{fake.token}"

    async def __call__(self, method: str, **arguments: object) -> dict[str, Any]:
        return self.answer(await self.http.post(f"{self.url}/{method}", json=arguments))

    @staticmethod
    def answer(response: httpx.Response) -> dict[str, Any]:
        """The JSON object of a response, whose status must say the same."""
        body: dict[str, Any] = response.json()
        assert response.status_code == (200 if body["ok"] else body["error_code"])
        return body

    async def ok(self, method: str, **arguments: object) -> Any:  # noqa: ANN401  # whatever the method gives
        """The result of a call that must succeed."""
        answer = await self(method, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    async def error(self, method: str, **arguments: object) -> str:
        """The description of a call that must be refused."""
        answer = await self(method, **arguments)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def updates(self, **arguments: object) -> list[dict[str, Any]]:
        """What getUpdates gives."""
        found: list[dict[str, Any]] = await self.ok("getUpdates", **arguments)
        return found


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock=VirtualClock(frozen=True)) as fake:
        yield fake


@pytest.fixture
async def api(fake: FakeTelegram) -> AsyncIterator[Api]:
    async with httpx.AsyncClient(timeout=10, trust_env=False, verify=NO_TLS) as http:
        yield Api(fake, http)


@pytest.fixture
def an(fake: FakeTelegram) -> Person:
    """A person who has pressed Start; the bot has not confirmed that update."""
    person = fake.person("An")
    person.phone.send("/start")
    return person
