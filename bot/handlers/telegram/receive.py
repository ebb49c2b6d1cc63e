"""Takes updates in, by long polling or by webhook: Telegram is told that we have one only when it is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol, cast

import structlog
from telegram.error import TelegramError

from bot.handlers.telegram import commands
from bot.handlers.telegram.client import Client
from bot.handlers.telegram.json_types import JsonObject
from bot.handlers.telegram.line import Line
from bot.handlers.telegram.settings import TelegramSettings
from bot.handlers.telegram.translate import ALLOWED_UPDATES, translate
from bot.ports import Clock, Incoming

BATCH: Final = 100
POLL_GRACE_S: Final = 10
"""How much longer than the poll itself its answer may be on the way."""

WATCH_S: Final = 60.0
"""How often the state of the webhook is looked at."""

log = structlog.get_logger(__name__)


class Acceptor(Protocol):
    """The part of `services.reception.Reception` that this channel needs."""

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Store updates; when this returns they survive a power loss and may be acknowledged."""


Contact = Callable[[], Awaitable[None]]
"""Called whenever it is certain that nothing of Telegram's waits for us unknown."""


async def receive(
    client: Client,
    reception: Acceptor,
    settings: TelegramSettings,
    clock: Clock,
    on_contact: Contact,
    on_name: Callable[[str], None] | None = None,
) -> None:
    """Take updates in until cancelled; returns only when Telegram refuses the token, having logged how to mend it.

    Args:
        on_name: is told once what Telegram calls the bot.
    """
    line = Line(clock)
    while True:
        try:
            await _choose_way(client, settings)
            break
        except TelegramError as error:
            if not await line.mended(error):
                return
    line.is_good()
    async with asyncio.TaskGroup() as group:
        group.create_task(commands.publish(client))
        if on_name is not None:
            group.create_task(_learn_name(client, clock, on_name))
        if settings.uses_webhook:
            await _watch_webhook(client, settings, clock, line, on_contact)
        else:
            await _poll(client, reception, settings, line, on_contact)


async def _choose_way(client: Client, settings: TelegramSettings) -> None:
    """Have Telegram call us, or stop calling anybody; updates that wait are kept."""
    if not settings.uses_webhook:
        await client.call("deleteWebhook", {"drop_pending_updates": False})
        return
    await client.call(
        "setWebhook",
        {
            "url": settings.webhook_address,
            "secret_token": settings.webhook_secret,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": settings.webhook_connections,
        },
    )


async def _learn_name(client: Client, clock: Clock, on_name: Callable[[str], None]) -> None:
    """Ask what the bot is called, for links that open it; until then there are none."""
    while True:
        try:
            on_name(cast(JsonObject, await client.call("getMe", {})).get("username", ""))
        except TelegramError as error:
            log.warning("telegram.name_unknown", error=type(error).__name__)
            await clock.sleep(WATCH_S)
        else:
            return


async def _poll(
    client: Client, reception: Acceptor, settings: TelegramSettings, line: Line, on_contact: Contact
) -> None:
    """Ask for updates again and again; asking from an offset confirms all that were before it."""
    parameters: JsonObject = {"limit": BATCH, "allowed_updates": ALLOWED_UPDATES}
    read_timeout_s = settings.poll_timeout_s + POLL_GRACE_S
    is_in_contact = False
    while True:
        # After a break the first poll waits for nothing: who was left in the middle is to be asked again now.
        parameters["timeout"] = settings.poll_timeout_s if is_in_contact else 0
        try:
            updates = cast(list[JsonObject], await client.call("getUpdates", parameters, read_timeout_s))
        except TelegramError as error:
            is_in_contact = False
            if not await line.mended(error):
                return
            continue
        try:
            await reception.accept([incoming for update in updates if (incoming := translate(update)) is not None])
            if updates:
                parameters["offset"] = max(update["update_id"] for update in updates) + 1
            if len(updates) < BATCH:
                await on_contact()
                is_in_contact = True
        except Exception as error:  # noqa: BLE001 - storage may fail in any way; the same updates are asked for again
            await line.pause("telegram.not_accepted", error=type(error).__name__)
        else:
            line.is_good()


async def _watch_webhook(
    client: Client, settings: TelegramSettings, clock: Clock, line: Line, on_contact: Contact
) -> None:
    """See to it that Telegram reaches us; the updates themselves come to the webhook's route."""
    while True:
        try:
            info = cast(JsonObject, await client.call("getWebhookInfo", {}))
            if info["url"] != settings.webhook_address:
                log.warning("telegram.webhook_lost", mend="Another program with the same token removed it; stop it.")
                await _choose_way(client, settings)
        except TelegramError as error:
            if not await line.mended(error):
                return
            continue
        line.is_good()
        if clock.now().timestamp() - info.get("last_error_date", 0) < WATCH_S:
            log.warning(
                "telegram.webhook_failing",
                pending=info.get("pending_update_count"),
                description=info.get("last_error_message"),
            )
        else:
            try:
                await on_contact()
            except Exception as error:  # noqa: BLE001 - the database may be away; the watch goes on
                log.warning("telegram.contact_not_noted", error=type(error).__name__)
        await clock.sleep(WATCH_S)
