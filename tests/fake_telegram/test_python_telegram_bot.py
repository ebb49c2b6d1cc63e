"""python-telegram-bot, by polling and by webhook, against the fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from tests.fake_telegram.receiver import Receiver
from tests.support.fake_telegram import FakeTelegram, Limits, Person

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Có", callback_data="y"), InlineKeyboardButton("Không", callback_data="n")]]
)


def bot_of(fake: FakeTelegram, token: str = "") -> Bot:
    return Bot(token or fake.token, base_url=f"{fake.url}/bot", base_file_url=f"{fake.url}/file/bot")


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with bot_of(fake) as bot:
        yield bot


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(f"Chào {context.args}", reply_markup=KEYBOARD)


async def press(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("Đã ghi")
    await update.callback_query.edit_message_text(f"Chọn {update.callback_query.data}")


async def document(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    assert update.message.document is not None
    content = await (await update.message.document.get_file()).download_as_bytearray()
    await update.message.reply_document(bytes(content).upper(), filename="lại.txt", caption="đây")


@asynccontextmanager
async def application(fake: FakeTelegram) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    app = Application.builder().bot(bot_of(fake)).build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(press))
    app.add_handler(MessageHandler(filters.Document.ALL, document))
    async with app:
        await app.start()
        yield app
        await app.stop()


async def converse(an: Person) -> None:
    """What a person does, whichever way the updates travel."""
    await an.open_link("moi-ABC")
    assert await an.until("Chào") == "Chào ['moi-ABC']"
    assert an.keyboard() == (("Có", "Không"),)
    await an.tap("Không")
    await an.until("Chọn n")
    assert an.keyboard() == ()
    await an.until(lambda person: not person.waiting_presses)
    assert an.notices[0].text == "Đã ghi"
    await an.send_document("tên.txt", "text/plain", content=b"abc")
    await an.until(lambda person: person.messages[-1].file_name == "lại.txt")
    assert an.content(an.messages[-1].file_id) == b"ABC"


async def test_a_conversation_by_polling(fake: FakeTelegram) -> None:
    async with application(fake) as app:
        assert app.updater is not None
        await app.updater.start_polling(timeout=10)
        await converse(fake.person("An"))
        await app.updater.stop()
    assert fake.pending_updates == 0


async def test_a_conversation_by_webhook(fake: FakeTelegram) -> None:
    receiver = Receiver()
    await receiver.start()
    async with application(fake) as app:
        await app.bot.set_webhook(receiver.url, secret_token="bi-mat")

        def forward() -> bool:
            while receiver.updates:
                app.update_queue.put_nowait(Update.de_json(receiver.updates.pop(0), app.bot))
            return False

        pump = asyncio.create_task(receiver.changes.until(forward, 60))
        await converse(fake.person("An"))
        pump.cancel()
        assert set(receiver.secrets) == {"bi-mat"}
        assert (await app.bot.get_webhook_info()).url == receiver.url
        assert await app.bot.delete_webhook()
    await receiver.close()


async def test_errors_become_the_librarys_own(
    fake: FakeTelegram, bot: Bot, an: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    message = await bot.send_message(an.chat_id, "Chào <b>bác</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    assert message.text_html == "Chào <b>bác</b>"
    with pytest.raises(BadRequest, match="Message is not modified"):
        await message.edit_text("Chào <b>bác</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", an.chat_id, 999)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query("1")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")
    await an.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(an.chat_id, "x")
    fake.change_limits(Limits(chat_burst=1, chat_per_s=0.5))
    await an.unblock()
    await bot.send_message(an.chat_id, "x")
    with pytest.raises(RetryAfter, match="Retry in 0:00:02"):
        await bot.send_message(an.chat_id, "y")
    fake.faults.once("lose_answer", "sendMessage")
    fake.change_limits(Limits.off())
    with pytest.raises(NetworkError):
        await bot.send_message(an.chat_id, "y")
    assert an.screen() == "y"


async def test_a_wrong_token_is_noticed(fake: FakeTelegram) -> None:
    with pytest.raises(InvalidToken):
        async with bot_of(fake, "123456789:wrong"):
            pass


async def test_two_pollers_are_in_conflict(fake: FakeTelegram, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=40))
    await fake.until(lambda fake: fake.backend.poller.is_waiting)
    async with bot_of(fake) as other:
        second = asyncio.create_task(other.get_updates(timeout=40))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        fake.person("An").phone.send("chào")
        assert (await second)[0].effective_message is not None


async def test_photos_menus_and_texts_of_the_bot(bot: Bot, an: Person) -> None:
    from tests.fake_telegram.test_files import picture  # noqa: PLC0415

    photo = await bot.send_photo(an.chat_id, picture(800, 600), caption="Thẻ")
    assert photo.photo[-1].width == 800
    await bot.edit_message_caption(an.chat_id, photo.message_id, caption="Thẻ mới")
    assert an.screen() == "Thẻ mới"
    await bot.set_my_commands([BotCommand("help", "Trợ giúp")], BotCommandScopeAllPrivateChats(), "vi")
    menu = await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "vi")
    assert [command.description for command in menu] == ["Trợ giúp"]
    assert await bot.delete_my_commands(BotCommandScopeAllPrivateChats(), "vi")
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "vi") == ()
    assert await bot.set_my_description("Trợ lý", "vi")
    assert (await bot.get_my_description("vi")).description == "Trợ lý"
    assert await bot.set_my_short_description("Ngắn")
    assert (await bot.get_my_short_description()).short_description == "Ngắn"
    assert await bot.send_chat_action(an.chat_id, "typing")
    assert (await bot.get_chat(an.chat_id)).first_name == "An"
    assert await bot.delete_message(an.chat_id, photo.message_id)
