"""The questionnaire with aiogram-dialog, one window for each screen, on a storage that keeps every answer.

What it keeps: the dialog's data with all answers, written to SQLite before the next window is shown.
"""

from __future__ import annotations

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row
from aiogram_dialog.widgets.text import Const

from tests.bench.form import Form, chosen
from tests.bench.peers import settings
from tests.bench.peers.storage import SqliteStorage


def states(form: Form) -> list[State]:
    """One state for each screen."""
    group = type("Screens", (StatesGroup,), {f"screen_{number}": State() for number in range(len(form.steps))})
    return [getattr(group, f"screen_{number}") for number in range(len(form.steps))]


def dialog(form: Form, screens: list[State]) -> Dialog:
    """All windows."""
    return Dialog(*(_window(form, number, screens) for number in range(len(form.steps))))


def _window(form: Form, number: int, screens: list[State]) -> Window:
    step = form.steps[number]

    async def keep(manager: DialogManager, answer: str) -> None:
        if step.is_kept:
            manager.dialog_data.setdefault("answers", {})[str(number)] = answer
        if number + 1 < len(screens):
            await manager.switch_to(screens[number + 1])

    async def tapped(_query: CallbackQuery, button: Button, manager: DialogManager) -> None:
        _, row, column = str(button.widget_id).split("_")
        await keep(manager, step.rows[int(row)][int(column)])

    async def typed(message: Message, _input: MessageInput, manager: DialogManager) -> None:
        await keep(manager, chosen(step, message.text or ""))

    rows = (
        Row(*(Button(Const(label), id=f"b_{row}_{n}", on_click=tapped) for n, label in enumerate(labels)))
        for row, labels in enumerate(step.rows)
    )
    return Window(Const(step.text), *rows, MessageInput(typed), state=screens[number])


async def main() -> None:
    """Poll."""
    form = settings.form()
    screens = states(form)
    dispatcher = Dispatcher(
        storage=SqliteStorage(settings.data_dir() / "answers.db"), events_isolation=SimpleEventIsolation()
    )

    async def begin(_message: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(screens[0], mode=StartMode.RESET_STACK)

    dispatcher.message(CommandStart())(begin)
    dispatcher.include_router(dialog(form, screens))
    setup_dialogs(dispatcher)
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.API))
    bot = Bot(settings.TOKEN, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
