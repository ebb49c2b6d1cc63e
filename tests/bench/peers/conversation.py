"""The questionnaire with python-telegram-bot's ConversationHandler and PicklePersistence.

What it keeps: answers and places in the conversation, in one file, written whole once a second and not synced. A
killed process loses up to a second of answers; one killed while it writes may lose the file. This is the kindest
setting that keeps answers at all: by default the file is written once a minute, and once for every person changed.
Updates are handled one after another, because ConversationHandler must not be used otherwise.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PersistenceInput,
    PicklePersistence,
    filters,
)

from tests.bench.form import Form, Step, chosen
from tests.bench.peers import settings

WRITE_EVERY_S = 1.0

Context = ContextTypes.DEFAULT_TYPE
Callback = Callable[[Update, Context], Coroutine[Any, Any, int]]


def handler(form: Form) -> ConversationHandler[Context]:
    """One state for each screen."""
    begin: CommandHandler[Context, object] = CommandHandler("start", _begin(form))
    return ConversationHandler(
        entry_points=[begin],
        states={
            number: [
                CallbackQueryHandler(_tapped(form, number)),
                MessageHandler(filters.TEXT & ~filters.COMMAND, _typed(form, number)),
            ]
            for number in range(len(form.steps) - 1)
        },
        fallbacks=[begin],
        name="form",
        persistent=True,
    )


def _begin(form: Form) -> Callback:
    async def begin(update: Update, context: Context) -> int:
        _data(context)["answers"] = {}
        if update.message is not None:
            await _send(update, form.steps[0])
        return 0

    return begin


def _tapped(form: Form, number: int) -> Callback:
    async def tapped(update: Update, context: Context) -> int:
        query = update.callback_query
        if query is None or query.data is None:
            return number
        row, column = map(int, query.data.split(":"))
        shown = _keep(form, number, form.steps[number].rows[row][column], context)
        await asyncio.gather(
            query.answer(),
            query.edit_message_text(shown.text, parse_mode=ParseMode.HTML, reply_markup=_keyboard(shown)),
        )
        return _next(form, number)

    return tapped


def _typed(form: Form, number: int) -> Callback:
    async def typed(update: Update, context: Context) -> int:
        if update.message is not None and update.message.text is not None:
            await _send(update, _keep(form, number, chosen(form.steps[number], update.message.text), context))
        return _next(form, number)

    return typed


def _keep(form: Form, number: int, answer: str, context: Context) -> Step:
    """Put the answer down; returns the next screen."""
    if form.steps[number].is_kept:
        _data(context)["answers"][number] = answer
    return form.steps[number + 1]


def _next(form: Form, number: int) -> int:
    return number + 1 if number + 2 < len(form.steps) else ConversationHandler.END


def _data(context: Context) -> dict[Any, Any]:
    if context.user_data is None:
        raise RuntimeError("an update of nobody")
    return context.user_data


async def _send(update: Update, step: Step) -> None:
    if update.message is not None:
        await update.message.reply_text(step.text, parse_mode=ParseMode.HTML, reply_markup=_keyboard(step))


def _keyboard(step: Step) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=f"{row}:{column}") for column, label in enumerate(labels)]
            for row, labels in enumerate(step.rows)
        ]
    )


async def _write_again_and_again(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    while application.persistence is not None:
        await asyncio.sleep(WRITE_EVERY_S)
        await application.update_persistence()
        await application.persistence.flush()


def main() -> None:
    """Poll."""
    persistence: PicklePersistence[Any, Any, Any] = PicklePersistence(
        settings.data_dir() / "answers.pickle",
        PersistenceInput(bot_data=False, chat_data=False, callback_data=False),
        on_flush=True,
        update_interval=3600,
    )

    writing: set[asyncio.Task[None]] = set()

    async def begin_writing(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        writing.add(asyncio.get_running_loop().create_task(_write_again_and_again(application)))

    application = (
        ApplicationBuilder()
        .token(settings.TOKEN)
        .base_url(f"{settings.API}/bot")
        .base_file_url(f"{settings.API}/file/bot")
        .persistence(persistence)
        .post_init(begin_writing)
        .build()
    )
    application.add_handler(handler(settings.form()))
    application.run_polling()


if __name__ == "__main__":
    main()
