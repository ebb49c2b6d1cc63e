"""A screen in the reader's language -> Telegram's HTML and buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.dialogs.screens import Layout, Tone
from bot.handlers.telegram.json_types import JsonObject
from bot.handlers.telegram.quirks import LABEL_MAX, TEXT_MAX, cut, utf16_length
from bot.i18n import DrawnChoice, DrawnScreen

_SET: Final = {
    Tone.PLAIN: ("", "", ""),
    Tone.HEADING: ("", "<b>", "</b>"),
    Tone.QUESTION: ("", "<b>", "</b>"),
    Tone.DONE: ("✅ ", "", ""),
    Tone.NOTICE: ("ℹ️ ", "", ""),
    Tone.QUIET: ("", "<i>", "</i>"),
    Tone.LINK: ("", "", ""),
}
"""Tone -> what goes before the words, and the tags around both."""

_BETWEEN: Final = "\n\n"

ROW_LETTERS: Final = 36
"""What fits on a row of buttons on a phone 360 pixels wide."""

LONG_LABEL: Final = 40
"""A phone cuts longer labels off in the middle, so they are written out above the buttons."""

KEYPAD_COLUMNS: Final = 6


@dataclass(frozen=True, slots=True)
class Rendered:
    """What to send: messages in order, the last one with the keyboard."""

    texts: tuple[str, ...]
    """Telegram's HTML, each within the limit of one message."""
    keyboard: JsonObject | None


def render(drawn: DrawnScreen) -> Rendered:
    """Render a screen."""
    has_long = any(utf16_length(choice.label) > LONG_LABEL for choice in drawn.choices)
    blocks = list(drawn.paragraphs)
    if drawn.progress is not None:
        blocks.insert(0, (Tone.PLAIN, f"{drawn.progress_text} {drawn.bar}"))
    if has_long:
        numbered = (f"{number}. {choice.label}" for number, choice in enumerate(drawn.choices, 1))
        blocks.append((Tone.PLAIN, "\n".join(numbered)))
    return Rendered(render_texts(blocks), keyboard(drawn, is_numbered=has_long))


def render_texts(blocks: Iterable[tuple[Tone, str]]) -> tuple[str, ...]:
    """Put paragraphs into as few messages as hold them, each paragraph whole where it fits at all."""
    messages: list[str] = []
    parts: list[str] = []
    used = 0
    for tone, text in blocks:
        sign, opening, closing = _SET[tone]
        for piece in split(sign + text.strip(), TEXT_MAX):
            length = utf16_length(piece)
            if parts and used + len(_BETWEEN) + length > TEXT_MAX:
                messages.append(_BETWEEN.join(parts))
                parts, used = [], 0
            used += length + (len(_BETWEEN) if parts else 0)
            parts.append(f"{opening}{escape(piece, quote=False)}{closing}")
    if parts:
        messages.append(_BETWEEN.join(parts))
    return tuple(messages)


def split(text: str, limit: int) -> tuple[str, ...]:
    """Cut a text into pieces of at most `limit` UTF-16 units: at a line's, else sentence's, else word's end."""
    pieces: list[str] = []
    rest = text.strip()
    while utf16_length(rest) > limit:
        end = _fitting(rest, limit)
        end = next((found for mark in (r"\n", r"(?<=[.!?…;]) ", r" ") if (found := _last(mark, rest, end))), end)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*pieces, rest) if rest else tuple(pieces)


def keyboard(drawn: DrawnScreen, *, is_numbered: bool = False) -> JsonObject | None:
    """The buttons of a screen: answers laid out as it says, below them the ways around, two a row."""
    revision = drawn.source.revision
    answers = drawn.choices
    if is_numbered:
        answers = tuple(DrawnChoice(c.id, f"{number}. {c.label}") for number, c in enumerate(answers, 1))
    rows = [
        *_rows(answers, _columns(answers, drawn.source.layout), revision),
        *_rows(drawn.navigation, _fitting_columns(drawn.navigation, 2), revision),
    ]
    return {"inline_keyboard": rows} if rows else None


def _columns(choices: Sequence[DrawnChoice], layout: Layout) -> int:
    match layout:
        case Layout.LIST:
            return 1
        case Layout.PAIR:
            return _fitting_columns(choices, 2)
        case Layout.KEYPAD:
            columns = _fitting_columns(choices, KEYPAD_COLUMNS)
            # As even as the rows can be: seven keys stand as four and three, not as six and one.
            rows = -(-len(choices) // columns)
            return -(-len(choices) // rows) if rows else 1


def _fitting_columns(choices: Sequence[DrawnChoice], most: int) -> int:
    longest = max((len(choice.label) for choice in choices), default=0)
    return max(1, min(most, ROW_LETTERS // max(longest, 1)))


def _rows(choices: Sequence[DrawnChoice], columns: int, revision: int) -> list[list[JsonObject]]:
    buttons: list[JsonObject] = [
        {"text": cut(choice.label, LABEL_MAX), "callback_data": f"{revision}:{choice.id}"} for choice in choices
    ]
    return [buttons[start : start + columns] for start in range(0, len(buttons), columns)]


def _fitting(text: str, limit: int) -> int:
    """How many letters of the text take at most `limit` UTF-16 units."""
    end = min(len(text), limit)
    while (over := utf16_length(text[:end]) - limit) > 0:
        end -= -(-over // 2)
    return end


def _last(mark: str, text: str, end: int) -> int:
    """Where the last such mark before `end` begins, if that is not too near the beginning; 0 for nowhere."""
    at = max((found.start() for found in re.finditer(mark, text[: end + 1])), default=0)
    return at if at >= end // 2 else 0
