"""The webhook: strangers are refused, and Telegram is told 200 only once an update is stored."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from structlog.testing import capture_logs

from bot.dialogs.events import Typed
from bot.handlers.telegram.client import Client
from bot.handlers.telegram.receive import receive
from bot.handlers.telegram.settings import TelegramSettings
from bot.handlers.telegram.webhook import BODY_MAX_BYTES, SECRET_HEADER, webhook_route
from tests.handlers.telegram.fakes import RememberingReception, SteppedClock
from tests.handlers.telegram.test_translate import payload
from tests.support.fake_telegram import FakeTelegram, Person

SECRET = "s3cret_s3cret-s3cret"
HOOKED = TelegramSettings("1:a", webhook_url="https://hoctap.example/", webhook_secret=SECRET)


# --- the route --------------------------------------------------------------------------------------------------------


async def post(
    reception: RememberingReception, body: bytes, secret: str = SECRET, settings: TelegramSettings = HOOKED
) -> httpx.Response:
    app = Starlette(routes=[webhook_route(settings, reception)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        return await http.post(settings.webhook_path, content=body, headers={SECRET_HEADER: secret})


def update(name: str) -> bytes:
    return json.dumps(payload(name)).encode()


async def test_an_update_is_stored_and_then_accepted() -> None:
    reception = RememberingReception()
    response = await post(reception, update("text"))
    assert (response.status_code, response.content) == (200, b"")
    assert [incoming.event for incoming in reception.in_order] == [Typed("dạ có ạ 🌾")]


async def test_an_update_of_no_conversation_is_accepted() -> None:
    reception = RememberingReception()
    for name in ("group_text", "edited_message", "unreadable", "blocked"):
        assert (await post(reception, update(name))).status_code == 200
    assert reception.batches == []


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "s3cret_s3cret-s3creț"])
async def test_who_does_not_know_the_secret_is_refused(secret: str) -> None:
    reception = RememberingReception()
    app = Starlette(routes=[webhook_route(HOOKED, reception)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        headers = {SECRET_HEADER.encode(): secret.encode()} if secret else None
        response = await http.post(HOOKED.webhook_path, content=update("text"), headers=headers)
    assert response.status_code == 403
    assert reception.batches == []


async def test_without_a_secret_nothing_is_accepted_at_all() -> None:
    assert (
        await post(RememberingReception(), update("text"), "", replace(HOOKED, webhook_secret=""))
    ).status_code == 403


async def test_what_could_not_be_stored_is_asked_for_again() -> None:
    reception = RememberingReception(failures=1)
    with capture_logs() as logs:
        response = await post(reception, update("text"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
    assert [(entry["event"], entry["error"]) for entry in logs] == [("telegram.not_accepted", "OSError")]
    assert (await post(reception, update("text"))).status_code == 200
    assert len(reception.stored) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
async def test_a_body_that_is_no_update_is_refused(body: bytes) -> None:
    assert (await post(RememberingReception(), body)).status_code == 400


async def test_a_body_too_large_is_refused() -> None:
    assert (await post(RememberingReception(), b" " * (BODY_MAX_BYTES + 1))).status_code == 413
    assert (await post(RememberingReception(), b" " * (BODY_MAX_BYTES - 2) + b"{}")).status_code == 200


def test_the_path_does_not_tell_the_secret_and_changes_with_it() -> None:
    assert SECRET not in HOOKED.webhook_path
    assert replace(HOOKED, webhook_secret="other").webhook_path != HOOKED.webhook_path
    assert HOOKED.webhook_address == f"https://hoctap.example{HOOKED.webhook_path}"


def test_settings_show_no_secrets() -> None:
    shown = repr(replace(HOOKED, proxy="http://an:mat-khau@proxy.example:3128", token="1:token"))
    assert not any(secret in shown for secret in (SECRET, "mat-khau", "1:token"))


# --- Telegram calling it ----------------------------------------------------------------------------------------------


class PacedClock(SteppedClock):
    """Tells the fake's time; a sleep lasts until it is let go on."""

    def __init__(self, fake: FakeTelegram) -> None:
        super().__init__()
        self._fake = fake
        self._turns = asyncio.Semaphore(0)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._fake.clock.now(), UTC)

    async def sleep(self, seconds: float) -> None:
        self.note_sleep(seconds)
        await self._turns.acquire()

    def go_on(self) -> None:
        self._turns.release()


class Hooked:
    """A web server with the route, and the channel that registers it."""

    def __init__(self, settings: TelegramSettings, client: Client, clock: PacedClock, fake: FakeTelegram) -> None:
        self.settings = settings
        self.client = client
        self.clock = clock
        self.fake = fake
        self.reception = RememberingReception()
        self.contacts = 0

    async def note_contact(self) -> None:
        self.contacts += 1

    async def receive(self) -> None:
        await receive(self.client, self.reception, self.settings, self.clock, self.note_contact)


@pytest.fixture
async def hooked(fake: FakeTelegram, client: Client) -> AsyncIterator[Hooked]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        settings = TelegramSettings(fake.token, fake.url, webhook_url=f"http://127.0.0.1:{port}", webhook_secret=SECRET)
        bot = Hooked(settings, client, PacedClock(fake), fake)
        app = Starlette(routes=[webhook_route(settings, bot.reception)])
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="off"))
        tasks = [asyncio.create_task(server.serve([listening])), asyncio.create_task(bot.receive())]
        try:
            await bot.clock.until_slept(1)
            yield bot
        finally:
            tasks[1].cancel()
            await client.delete_webhook()
            server.should_exit = True
            await asyncio.wait(tasks, timeout=5)
            assert all(task.done() for task in tasks)


async def test_telegram_brings_updates(hooked: Hooked, fake: FakeTelegram, lan: Person) -> None:
    await lan.send("hai")
    await fake.until(lambda fake: not fake.pending_updates)
    assert [incoming.event for incoming in hooked.reception.in_order] == [Typed("/start"), Typed("hai")]


async def test_telegram_is_told_what_to_bring(hooked: Hooked, fake: FakeTelegram) -> None:
    (call,) = fake.calls("setWebhook")
    assert call.arguments["secret_token"] == SECRET
    assert call.arguments["max_connections"] in {40, "40"}
    assert fake.backend.state.updates.allowed == {"message", "callback_query", "my_chat_member"}


async def test_telegram_tries_again_what_could_not_be_stored(hooked: Hooked, fake: FakeTelegram, lan: Person) -> None:
    await fake.until(lambda fake: not fake.pending_updates)
    hooked.reception.failures = 2
    await lan.send("hai")
    await fake.until(lambda _: hooked.reception.failures == 1)
    assert fake.pending_updates == 1
    while hooked.reception.failures or fake.pending_updates:
        fake.clock.advance(1)
        await asyncio.sleep(0.001)
    assert [incoming.event for incoming in hooked.reception.in_order] == [Typed("/start"), Typed("hai")]


async def test_duplicates_and_reordered_updates_all_arrive(hooked: Hooked, fake: FakeTelegram, lan: Person) -> None:
    fake.faults.duplicate_update = 0.3
    fake.faults.reorder_updates = 0.3
    for number in range(60):
        await lan.send(str(number))
    await fake.until(lambda fake: not fake.pending_updates)
    assert [incoming.event for incoming in hooked.reception.in_order] == [
        Typed("/start"),
        *(Typed(str(number)) for number in range(60)),
    ]


async def test_contact_is_noted_while_telegram_reaches_us(hooked: Hooked) -> None:
    assert hooked.contacts == 1
    hooked.clock.go_on()
    await hooked.clock.until_slept(2)
    assert hooked.contacts == 2
    assert hooked.clock.slept == [60.0, 60.0]


async def test_contact_is_not_noted_while_telegram_fails_to_reach_us(
    hooked: Hooked, fake: FakeTelegram, lan: Person
) -> None:
    hooked.reception.failures = 1
    await lan.send("hai")
    await fake.until(lambda _: not hooked.reception.failures)
    with capture_logs() as logs:
        hooked.clock.go_on()
        await hooked.clock.until_slept(2)
    assert hooked.contacts == 1
    assert [entry["event"] for entry in logs] == ["telegram.webhook_failing"]
    fake.clock.advance(61)
    hooked.clock.go_on()
    await hooked.clock.until_slept(3)
    assert hooked.contacts == 2


async def test_a_webhook_somebody_removed_is_set_again(hooked: Hooked, fake: FakeTelegram, lan: Person) -> None:
    await hooked.client.delete_webhook()
    hooked.clock.go_on()
    await hooked.clock.until_slept(2)
    await lan.send("hai")
    await fake.until(lambda fake: not fake.pending_updates)
    assert len(fake.calls("setWebhook")) == 2
