"""aiogram, by polling and by webhook, against the fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.fake_telegram.test_files import picture
from tests.fake_telegram.test_python_telegram_bot import converse
from tests.support.fake_telegram import FakeTelegram, Limits, Person

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Có", callback_data="y"), InlineKeyboardButton(text="Không", callback_data="n")]
    ]
)


@asynccontextmanager
async def bot_of(fake: FakeTelegram, token: str = "") -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(fake.url))
    async with Bot(token or fake.token, session=session).context() as bot:
        yield bot


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with bot_of(fake) as bot:
        yield bot


def dispatcher() -> Dispatcher:
    answers = Dispatcher()

    async def start(message: Message, command: CommandObject) -> None:
        await message.answer(f"Chào {[command.args]}", reply_markup=KEYBOARD)

    async def press(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.answer("Đã ghi")
        await query.message.edit_text(f"Chọn {query.data}")

    async def document(message: Message, bot: Bot) -> None:
        assert message.document is not None
        content = BytesIO()
        await bot.download(message.document, content)
        await message.answer_document(BufferedInputFile(content.getvalue().upper(), "lại.txt"), caption="đây")

    answers.message.register(start, CommandStart())
    answers.message.register(document, F.document)
    answers.callback_query.register(press)
    return answers


async def test_a_conversation_by_polling(fake: FakeTelegram, bot: Bot) -> None:
    answers = dispatcher()
    polling = asyncio.create_task(
        answers.start_polling(bot, polling_timeout=10, handle_signals=False, close_bot_session=False)
    )
    await converse(fake.person("An"))
    await answers.stop_polling()
    await polling


async def test_a_conversation_by_webhook(fake: FakeTelegram, bot: Bot) -> None:
    handler = SimpleRequestHandler(dispatcher(), bot, handle_in_background=False, secret_token="bi-mat")
    app = web.Application()
    handler.register(app, path="/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    await bot.set_webhook(f"http://{host}:{port}/hook", secret_token="bi-mat")
    await converse(fake.person("An"))
    info = await bot.get_webhook_info()
    assert (info.last_error_message, info.pending_update_count) == (None, 0)
    await bot.delete_webhook()
    await runner.cleanup()


async def test_a_webhook_with_the_wrong_secret_is_refused_and_tried_again(fake: FakeTelegram, bot: Bot) -> None:
    fake.change_limits(Limits.off())
    app = web.Application()
    SimpleRequestHandler(dispatcher(), bot, handle_in_background=False, secret_token="bi-mat").register(app, "/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    await bot.set_webhook(f"http://{host}:{port}/hook", secret_token="khac")
    an = fake.person("An")
    await an.open_link("x")
    await fake.until(lambda fake: fake.backend.webhook is not None and fake.backend.webhook.last_error is not None)
    assert (await bot.get_webhook_info()).last_error_message == "Wrong response from the webhook: 401 Unauthorized"
    await bot.set_webhook(f"http://{host}:{port}/hook", secret_token="bi-mat")
    await an.until("Chào")
    await bot.delete_webhook()
    await runner.cleanup()


async def test_errors_become_the_librarys_own(fake: FakeTelegram, bot: Bot, an: Person) -> None:
    message = await bot.send_message(an.chat_id, "Chào <b>bác</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    assert message.html_text == "Chào <b>bác</b>"
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await message.edit_text("Chào <b>bác</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text(text="x", chat_id=an.chat_id, message_id=999)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query("1")
    await an.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(an.chat_id, "x")
    await an.unblock()
    fake.change_limits(Limits(chat_burst=1, chat_per_s=0.5))
    await bot.send_message(an.chat_id, "x")
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(an.chat_id, "y")
    assert refusal.value.retry_after == 2
    fake.change_limits(Limits.off())
    fake.faults.once("lose_answer", "sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(an.chat_id, "y")
    assert an.screen() == "y"


async def test_a_wrong_token_is_noticed(fake: FakeTelegram) -> None:
    async with bot_of(fake, "123456789:wrong") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_two_pollers_are_in_conflict(fake: FakeTelegram, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=40))
    await fake.until(lambda fake: fake.backend.poller.is_waiting)
    async with bot_of(fake) as other:
        second = asyncio.create_task(other.get_updates(timeout=40))
        with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
            await first
        fake.person("An").phone.send("chào")
        assert (await second)[0].message is not None


async def test_photos_and_menus(bot: Bot, an: Person) -> None:
    photo = await bot.send_photo(an.chat_id, BufferedInputFile(picture(800, 600), "thẻ.png"), caption="Thẻ")
    assert photo.photo is not None
    assert photo.photo[-1].width == 800
    await bot.edit_message_caption(chat_id=an.chat_id, message_id=photo.message_id, caption="Thẻ mới")
    assert an.screen() == "Thẻ mới"
    scope = BotCommandScopeChat(chat_id=an.chat_id)
    await bot.set_my_commands([BotCommand(command="help", description="Trợ giúp")], scope, "vi")
    assert [command.command for command in await bot.get_my_commands(scope, "vi")] == ["help"]
    assert await bot.get_my_commands() == []
    assert await bot.delete_message(an.chat_id, photo.message_id)
