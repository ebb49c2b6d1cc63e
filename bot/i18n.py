"""(code, parameters, locale) -> text: the only place where a sentence is put together."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.dialogs.screens import Param, Progress, Say, Screen, Tone
from bot.messages import MESSAGES
from bot.messages.markers import Plural
from bot.scoring.model import Text

SOURCE_LOCALE = "vi"
LOCALES = ("vi", "en")
LOCALES_DIR = Path(__file__).resolve().parent.parent / "locales"
LOCAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class DrawnChoice:
    """A choice with its label in the reader's language."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class DrawnScreen:
    """A screen in the reader's language, still free of any channel's markup."""

    source: Screen
    paragraphs: tuple[tuple[Tone, str], ...]
    choices: tuple[DrawnChoice, ...]
    navigation: tuple[DrawnChoice, ...]
    progress: Progress | None
    progress_text: str
    bar: str
    """The progress as eight blocks, for channels that have only text."""


class Translator:
    """Words everything in one locale."""

    def __init__(self, locale: str, catalogue: gettext.NullTranslations) -> None:
        self.locale = locale
        self._catalogue = catalogue

    def text(self, code: str, params: Mapping[str, Param] | None = None, count: int | None = None) -> str:
        """Word a message by its code.

        Raises: KeyError: no such code, or a parameter of the sentence is missing.
        """
        message = MESSAGES[code]
        if isinstance(message, Plural):
            sentence = self._catalogue.ngettext(message.one, message.many, 1 if count is None else count)
            values = {"count": "" if count is None else self.param(count)}
        else:
            sentence, values = self._catalogue.gettext(message) if message else "", {}
        if params:
            values |= {name: self.param(value) for name, value in params.items()}
        return sentence % values if values or "%" in sentence else sentence

    def say(self, words: Say | Text) -> str:
        """Word a Say, or take a Text in this locale."""
        if isinstance(words, Text):
            return words.in_locale(self.locale)
        return self.text(words.code, dict(words.params), words.count)

    def param(self, value: Param) -> str:
        """Word one parameter: numbers and dates as people here write them."""
        match value:
            case str():
                return value
            case int() if -1000 < value < 1000:
                return str(value)
            case int() | Decimal():
                return format_decimal(value, format="#,##0.##", locale=self.locale, decimal_quantization=False)
            case datetime():
                local = value.astimezone(LOCAL_TIME)
                return f"{format_time(local, 'HH:mm', locale=self.locale)} {self.param(local.date())}"
            case date():
                return format_date(value, "dd/MM/yyyy", locale=self.locale)
            case Say() | Text():
                return self.say(value)

    def screen(self, screen: Screen) -> DrawnScreen:
        """Word a whole screen."""
        progress = screen.progress
        return DrawnScreen(
            source=screen,
            paragraphs=tuple((p.tone, self.say(p.text)) for p in screen.paragraphs),
            choices=tuple(DrawnChoice(c.id, self.say(c.label)) for c in screen.choices),
            navigation=tuple(DrawnChoice(c.id, self.say(c.label)) for c in screen.navigation),
            progress=progress,
            progress_text=""
            if progress is None
            else self.text("channel.progress", {"number": progress.number, "total": progress.total}),
            bar="" if progress is None else _bar(progress),
        )


def _bar(progress: Progress, width: int = 10) -> str:
    whole = progress.answered + progress.remaining
    full = progress.answered * width // whole if whole else width
    return "▰" * full + "▱" * (width - full)


@cache
def translator(locale: str) -> Translator:
    """Return the translator of a locale; an unknown locale reads the source language.

    Catalogues are compiled in memory when first asked for, so no compiled file can be stale.
    """
    known = locale if locale in LOCALES else SOURCE_LOCALE
    path = LOCALES_DIR / known / "LC_MESSAGES" / "messages.po"
    if known == SOURCE_LOCALE or not path.exists():
        return Translator(known, gettext.NullTranslations())
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=known))
    compiled.seek(0)
    return Translator(known, gettext.GNUTranslations(compiled))
