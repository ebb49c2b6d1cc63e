"""A bare aiogram echo bot: it stores nothing, asks nothing, and makes the same calls for an answer as a real one.

A tap is answered and its message edited, both at once; a text is answered with one message.
"""

from __future__ import annotations

import asyncio
from itertools import count

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.peers import settings

dispatcher = Dispatcher()
keyboard = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Có", callback_data="yes"),
            InlineKeyboardButton(text="Chưa", callback_data="no"),
        ]
    ]
)
presses = count(1)


@dispatcher.message(CommandStart())
async def begin(message: Message) -> None:
    """Show two buttons."""
    await message.answer("Xin chào!", reply_markup=keyboard)


@dispatcher.message(F.text)
async def echo(message: Message) -> None:
    """Say the same."""
    await message.answer(message.text or "")


@dispatcher.callback_query()
async def press(query: CallbackQuery, bot: Bot) -> None:
    """Show which button it was; the number makes each edit a change."""
    if not isinstance(query.message, Message):
        return
    text = f"{next(presses)}: {query.data}"
    await asyncio.gather(bot(query.answer()), bot(query.message.edit_text(text, reply_markup=keyboard)))


async def main() -> None:
    """Poll."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.API))
    await dispatcher.start_polling(Bot(settings.TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main())
