"""Writes to people on Telegram: screens edited in place, notices, documents; and fetches their files."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime
from typing import Any, Final, TypeVar, cast

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.dialogs.effects import Notice, Show
from bot.dialogs.events import FileRef
from bot.dialogs.screens import Tone
from bot.handlers.telegram import quirks
from bot.handlers.telegram.client import UPLOAD_S, Client
from bot.handlers.telegram.json_types import JsonObject
from bot.handlers.telegram.render import Rendered, render, render_texts
from bot.handlers.telegram.translate import CHANNEL
from bot.i18n import translator
from bot.ports import Clock, Delivery, Document, SendError, Sent

Result = TypeVar("Result")

log = structlog.get_logger(__name__)

_NO_PREVIEW: Final = {"is_disabled": True}
_PICTURES: Final = frozenset(("image/png", "image/jpeg"))


class TelegramSender:
    """`ports.Sender` of the Telegram channel."""

    channel = CHANNEL

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._floods = quirks.Floods(clock)

    async def send_screen(self, delivery: Delivery, show: Show) -> Sent:
        """Show a screen and answer the press, at the same time.

        In place: one edit. Otherwise: a new message, and the live one before it loses its buttons, best effort: one
        call more than the message itself. Raises: SendError.
        """
        words = translator(delivery.locale)
        rendered = render(words.screen(show.screen))
        toast = words.say(show.toast) if show.toast is not None else ""
        if delivery.in_place and delivery.account.screen_ref and len(rendered.texts) == 1:
            return await _beside(self._edit(delivery, show, rendered), *self._answer(delivery, toast))
        return await _beside(
            self._send(delivery, rendered), *self._answer(delivery, toast), *self._strip_live_message(delivery)
        )

    async def send_notice(self, delivery: Delivery, notice: Notice) -> None:
        """Send a sentence; it has no buttons, and the live message keeps its own. Raises: SendError."""
        text = translator(delivery.locale).say(notice.text)
        rendered = Rendered(render_texts([(Tone.PLAIN, text)]), None)
        await _beside(self._send(delivery, rendered), *self._answer(delivery))

    async def send_document(self, delivery: Delivery, document: Document) -> None:
        """Send a file, a picture as a photo if Telegram takes it for one. Raises: SendError."""
        if len(document.data) > quirks.UPLOAD_MAX_BYTES:
            raise SendError(quirks.FILE_TOO_LARGE)
        caption = translator(delivery.locale).say(document.caption) if document.caption is not None else ""
        await _beside(self._upload(delivery, document, caption), *self._answer(delivery))

    async def fetch(self, file: FileRef) -> bytes:
        """Bring a file of at most 20 MB. Raises: SendError."""
        if file.size > quirks.DOWNLOAD_MAX_BYTES:
            raise SendError(quirks.FILE_TOO_LARGE)
        try:
            found = await self._client.get_file(file.ref)
        except TelegramError as error:
            raise quirks.send_error(error) from None
        if (found.file_size or 0) > quirks.DOWNLOAD_MAX_BYTES:
            raise SendError(quirks.FILE_TOO_LARGE)
        try:
            data = bytes(await found.download_as_bytearray(read_timeout=UPLOAD_S))
        except InvalidToken:
            # The token was good a moment ago: what python-telegram-bot makes of the 404 of a file that is gone.
            raise SendError(quirks.FILE_GONE) from None
        except TelegramError as error:
            raise quirks.send_error(error) from None
        if found.file_size and len(data) != found.file_size:
            raise SendError("telegram.file_incomplete", retryable=True)
        return data

    async def _edit(self, delivery: Delivery, show: Show, rendered: Rendered) -> Sent:
        account = delivery.account
        parameters = _text_parameters(delivery, rendered.texts[0], rendered.keyboard)
        parameters["message_id"] = int(account.screen_ref)
        try:
            return _sent(await self._client.call("editMessageText", parameters))
        except TelegramError as error:
            if quirks.is_not_editable(error):
                return await self._send(delivery, rendered)
            if not quirks.is_unchanged(error):
                raise self._refused(delivery, error) from None
        # Either nothing changed since it was shown, or the answer to an earlier try of this delivery was lost.
        was_shown = account.screen_shown_at if account.screen_revision == show.screen.revision else None
        return Sent(account.screen_ref, int(account.screen_ref), was_shown or self._clock.now())

    async def _send(self, delivery: Delivery, rendered: Rendered) -> Sent:
        sent = Sent()
        last = len(rendered.texts) - 1
        for number, text in enumerate(rendered.texts):
            parameters = _text_parameters(delivery, text, rendered.keyboard if number == last else None)
            try:
                sent = _sent(await self._client.call("sendMessage", parameters))
            except TelegramError as error:
                raise self._refused(delivery, error) from None
        return sent

    async def _upload(self, delivery: Delivery, document: Document, caption: str) -> None:
        # A caption that does not fit follows as a message of its own.
        fits = quirks.utf16_length(caption) <= quirks.CAPTION_MAX
        heading = caption if fits else None
        chat_id = delivery.account.external_id
        try:
            if not await self._upload_photo(chat_id, document, heading):
                await self._client.send_document(chat_id, document.data, heading, filename=document.name)
        except TelegramError as error:
            raise self._refused(delivery, error) from None
        if not fits:
            await self._send(delivery, Rendered(render_texts([(Tone.PLAIN, caption)]), None))

    async def _upload_photo(self, chat_id: str, document: Document, caption: str | None) -> bool:
        """Whether the document could be sent as a photo, which people see without opening it."""
        if document.mime not in _PICTURES or len(document.data) > quirks.PHOTO_MAX_BYTES:
            return False
        try:
            await self._client.send_photo(chat_id, document.data, caption, filename=document.name)
        except TelegramError as error:
            if quirks.is_picture_refused(error):
                return False
            raise
        return True

    def _answer(self, delivery: Delivery, toast: str = "") -> Iterator[Coroutine[Any, Any, None]]:
        """Stop the waiting sign on the pressed button, with a short notice if there is one."""
        if delivery.press_ref:
            parameters: JsonObject = {"callback_query_id": delivery.press_ref}
            if toast:
                parameters["text"] = quirks.cut(toast, quirks.TOAST_MAX)
            yield self._try("answerCallbackQuery", parameters)

    def _strip_live_message(self, delivery: Delivery) -> Iterator[Coroutine[Any, Any, None]]:
        """Take the buttons off the message that showed the screen until now."""
        account = delivery.account
        if account.screen_ref:
            parameters = {"chat_id": account.external_id, "message_id": int(account.screen_ref)}
            yield self._try("editMessageReplyMarkup", parameters)

    async def _try(self, endpoint: str, parameters: JsonObject) -> None:
        """Do what is only polite: the delivery never fails by it."""
        try:
            await self._client.call(endpoint, parameters)
        except TelegramError as error:
            if not (quirks.is_press_over(error) or quirks.is_unchanged(error) or quirks.is_not_editable(error)):
                log.info("telegram.courtesy_failed", endpoint=endpoint, code=quirks.send_error(error).code)

    def _refused(self, delivery: Delivery, error: TelegramError) -> SendError:
        return self._floods.judge(delivery.account.external_id, quirks.send_error(error))


def _text_parameters(delivery: Delivery, text: str, keyboard: JsonObject | None) -> JsonObject:
    parameters: JsonObject = {
        "chat_id": delivery.account.external_id,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
    }
    if keyboard is not None:
        parameters["reply_markup"] = keyboard
    return parameters


def _sent(result: object) -> Sent:
    """Read the message that shows the screen now; a text sent from `shown_at` on was written under it.

    Telegram's dates are whole seconds. What was sent in the second of an edit may have been written under what stood
    there before ("đồng ý" typed right after the press), so an edit counts from the next second; a new message need not,
    its number says what came before it.
    """
    message = cast(JsonObject, result)
    edited_s = message.get("edit_date")
    shown_s = message["date"] if edited_s is None else edited_s + 1
    return Sent(str(message["message_id"]), message["message_id"], datetime.fromtimestamp(shown_s, UTC))


async def _beside(main: Coroutine[Any, Any, Result], *courtesies: Coroutine[Any, Any, None]) -> Result:
    """Do the courtesies while the main thing is done, and all of them to the end, even if that fails."""
    if not courtesies:
        return await main
    for outcome in (outcomes := await asyncio.gather(main, *courtesies, return_exceptions=True)):
        if isinstance(outcome, BaseException):
            raise outcome
    return cast(Result, outcomes[0])
