"""What a person sees: messages with their buttons, and what to say when something is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.support.fake_telegram.state import StoredMessage
from tests.support.fake_telegram.wire import JsonObject

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Button:
    """One button; `data` is what a press sends, `url` what it opens, and one of a reply keyboard has neither."""

    label: str
    data: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class ScreenMessage:
    """A message as the person sees it now."""

    message_id: int
    text: str
    is_from_bot: bool
    kind: str
    date: int
    is_deleted: bool = False
    is_edited: bool = False
    keyboard: Rows = ()
    """Buttons under the message."""
    reply_keyboard: Rows | None = None
    """Buttons below the input line from this message on; empty takes them away, None changes nothing."""
    file_id: str = ""
    file_name: str = ""

    def __str__(self) -> str:
        rows = " ".join(f"[{button.label}]" for row in self.keyboard for button in row)
        who = "bot" if self.is_from_bot else "me"
        kind = "" if self.kind == "text" else f"({self.kind}) "
        return f"#{self.message_id} {who}{' (deleted)' * self.is_deleted}: {kind}{self.text} {rows}".rstrip()


def seen(message: StoredMessage) -> ScreenMessage:
    """The person's view of a stored message."""
    wire, markup = message.wire, message.markup
    file_wire: JsonObject = {}
    if message.kind != "text":
        content = wire[message.kind]
        file_wire = content[-1] if isinstance(content, list) else content
    reply: Rows | None = None
    if message.is_from_bot and markup is not None and markup.kind in {"reply", "remove"}:
        reply = _rows(markup.wire.get("keyboard", []))
    return ScreenMessage(
        message.message_id,
        str(wire.get("text", wire.get("caption", ""))),
        message.is_from_bot,
        message.kind,
        wire["date"],
        message.is_deleted,
        "edit_date" in wire,
        _rows(wire["reply_markup"]["inline_keyboard"]) if "reply_markup" in wire else (),
        reply,
        file_wire.get("file_id", ""),
        file_wire.get("file_name", ""),
    )


def _rows(rows: Sequence[Sequence[JsonObject | str]]) -> Rows:
    return tuple(
        tuple(
            Button(button)
            if isinstance(button, str)
            else Button(button["text"], button.get("callback_data", ""), button.get("url", ""))
            for button in row
        )
        for row in rows
    )


def find_button(rows: Rows, label: str) -> Button | None:
    """The button with this label, else the first whose label begins so."""
    buttons = [button for row in rows for button in row]
    exact = next((button for button in buttons if button.label == label), None)
    return exact or next((button for button in buttons if button.label.startswith(label)), None)


def standing(messages: Iterable[ScreenMessage]) -> list[ScreenMessage]:
    """Messages that were not deleted, newest first."""
    return [message for message in messages if not message.is_deleted][::-1]


def pressable(messages: Iterable[ScreenMessage], label: str) -> tuple[ScreenMessage, Button] | None:
    """The newest message with an inline button of this label, and the button."""
    for message in standing(messages):
        if (button := find_button(message.keyboard, label)) is not None:
            return message, button
    return None


def shown_reply_keyboard(messages: Iterable[ScreenMessage]) -> Rows:
    """The buttons below the input line now."""
    return next((m.reply_keyboard for m in standing(messages) if m.reply_keyboard is not None), ())


def description(name: str, messages: Iterable[ScreenMessage]) -> str:
    """What is on the screen, for a test that failed."""
    shown = standing(messages)[:_SHOWN][::-1]
    lines = "\n  ".join(map(str, shown)) or "nothing"
    return f"On the screen of {name}:\n  {lines}"
