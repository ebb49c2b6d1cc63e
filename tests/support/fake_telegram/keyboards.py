"""Keyboards under and below messages: read, checked, and found by their labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.errors import bad_request
from tests.support.fake_telegram.settings import Settings
from tests.support.fake_telegram.wire import JsonObject, to_json

MarkupKind = Literal["inline", "reply", "remove", "force_reply"]
_OTHER_INLINE_KINDS = (
    "callback_game", "pay", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "login_url", "web_app", "copy_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked `reply_markup`."""

    kind: MarkupKind
    wire: JsonObject


def read_markup(parameters: Parameters, settings: Settings) -> Markup | None:
    """The keyboard of a call; None when there is none or it has no buttons.

    Raises: ApiError (400) in Telegram's words.
    """
    value = parameters.json("reply_markup", "can't parse reply keyboard markup JSON object")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if rows := _rows(value, "keyboard", 'Field "keyboard" must be an Array of Arrays'):
        for button in _buttons(rows):
            if not isinstance(button, str):
                _button_text(button, "keyboard button", "KeyboardButton must be a String or an Object")
        return Markup("reply", value)
    rows = _rows(
        value, "inline_keyboard", 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    )
    if rows:
        return Markup("inline", _inline(rows, settings))
    if value.get("remove_keyboard"):
        return Markup("remove", value)
    return Markup("force_reply", value) if value.get("force_reply") else None


def _rows(value: JsonObject, name: str, complaint: str) -> list[list[object]]:
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(complaint)
    return [row for row in rows if row]


def _buttons(rows: list[list[object]]) -> Iterator[object]:
    for row in rows:
        yield from row


def _button_text(button: object, what: str, complaint: str) -> JsonObject:
    if not isinstance(button, dict):
        raise bad_request(f"can't parse {what}: {complaint}")
    if "text" not in button:
        raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    return button


def _inline(rows: list[list[object]], settings: Settings) -> JsonObject:
    checked = [[_inline_button(button, settings) for button in row] for row in rows]
    wire: JsonObject = {"inline_keyboard": checked}
    count = sum(map(len, checked))
    if count > settings.buttons_max or max(map(len, checked)) > settings.buttons_per_row_max:
        raise bad_request("reply markup is too long")
    if len(to_json(wire).encode()) > settings.markup_bytes_max:
        raise bad_request("reply markup is too long")
    return wire


def _inline_button(button: object, settings: Settings) -> JsonObject:
    known = _button_text(button, "inline keyboard button", "InlineKeyboardButton must be an Object")
    text = known["text"]
    if not isinstance(text, str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if url := known.get("url"):
        host = str(url).partition("://")[2].partition("/")[0] if "://" in str(url) else str(url).partition("/")[0]
        if "." not in host and not str(url).startswith("tg://"):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    elif data := known.get("callback_data"):
        if not isinstance(data, str):
            raise bad_request('can\'t parse inline keyboard button: Field "callback_data" must be of type String')
        if len(data.encode()) > settings.callback_data_max:
            raise bad_request("BUTTON_DATA_INVALID")
    elif not any(kind in known for kind in _OTHER_INLINE_KINDS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not text:
        raise bad_request("inline keyboard button text must be non-empty")
    return {key: value for key, value in known.items() if value is not None}
