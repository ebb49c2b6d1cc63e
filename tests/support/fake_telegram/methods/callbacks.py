"""answerCallbackQuery: once, in time, and only for a press there was."""

from __future__ import annotations

from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.errors import bad_request
from tests.support.fake_telegram.state import Notice, length_is_over


def answer_callback_query(backend: Backend, parameters: Parameters) -> object:
    """Stop the button's waiting sign, with a text (0-200) or without."""
    text = parameters.text("text")
    if length_is_over(text, backend.settings.callback_text_max):
        raise bad_request("MESSAGE_TOO_LONG")
    press = backend.state.presses.get(parameters.text("callback_query_id"))
    if press is None or press.expires_at < backend.clock.now():
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    del backend.state.presses[press.press_id]
    press.is_answered = True
    press.answer = {"text": text, "show_alert": parameters.boolean("show_alert"), "url": parameters.text("url")}
    chat = backend.state.chats[press.chat_id]
    if text:
        chat.notices.append(Notice(text, parameters.boolean("show_alert"), press.press_id))
    chat.changes.notify()
    return True
