"""What a person is shown: text by code, choices, and what may be typed; no channel and no language in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.scoring.model import Text


@dataclass(frozen=True, slots=True)
class Say:
    """One whole sentence or paragraph: a code of bot.messages with its parameters.

    A parameter that is a Say, a Text, a number or a date is worded in the reader's language when rendered.
    `count` selects the plural form of codes that have one.
    """

    code: str
    params: tuple[tuple[str, Param], ...] = ()
    count: int | None = None


Param = str | int | Decimal | date | datetime | Text | Say


def say(code: str, /, count: int | None = None, **params: Param) -> Say:
    """Build a Say: `say("question.saved", answer=...)`."""
    return Say(code, tuple(params.items()), count)


def stacked(*lines: Say | Text) -> Say | Text:
    """Put lines under each other as one paragraph, for lists that would fall apart as paragraphs of their own."""
    first, *rest = lines
    return say("text.stacked", first=first, rest=stacked(*rest)) if rest else first


class Tone(StrEnum):
    """How a paragraph is set; a channel that cannot show the difference leaves it out."""

    PLAIN = "plain"
    HEADING = "heading"
    QUESTION = "question"
    DONE = "done"
    """What has just been recorded."""
    NOTICE = "notice"
    """Why nothing was recorded, or what else the person should know now."""
    QUIET = "quiet"
    LINK = "link"
    """A full address on its own, to be tapped."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One thought on a screen."""

    text: Say | Text
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be tapped, or answered by its digit or words.

    `id` fits a button beside its revision: at most 48 ASCII bytes.
    """

    id: str
    label: Say | Text


class Expects(StrEnum):
    """What a typed answer may be; decides the phone keyboard and how buttonless channels ask."""

    CHOICE = "choice"
    NUMBER = "number"
    SHARE = "share"
    TEXT = "text"
    NOTHING = "nothing"


class Layout(StrEnum):
    """How choices are laid out."""

    LIST = "list"
    """One below the other; the default for words."""
    PAIR = "pair"
    """Two of equal look side by side: yes and no, agree and decline."""
    KEYPAD = "keypad"
    """Short labels, several a row: numbers."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is: question `number` of `total`; `answered` of `answered + remaining` fills the bar."""

    number: int
    total: int
    answered: int
    remaining: int


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen, drawn for one revision of the session."""

    revision: int
    name: str
    """Stable name of the kind of screen, such as 'question'; for tests, metrics and styling."""
    paragraphs: tuple[Paragraph, ...]
    choices: tuple[Choice, ...] = ()
    """Answers; numbered 1.. where there are no buttons."""
    navigation: tuple[Choice, ...] = ()
    """Help, back, later, pause ...: asked for by words where there are no buttons."""
    expects: Expects = Expects.CHOICE
    layout: Layout = Layout.LIST
    progress: Progress | None = None
    takes_files: bool = False
