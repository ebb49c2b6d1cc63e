"""The words of the sheets, there and back: what we write in one language is understood in every one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from bot.dialogs.understanding.text import fold
from bot.i18n import LOCALES, Translator, translator
from bot.messages import MESSAGES
from bot.scoring.facts import FACTS
from bot.scoring.model import Provenance, Standing, SubjectKind, WhenNotApplicable
from bot.scoring.rule_parser import KINDS

_LONGEST_WORD: Final = 200
"""Letters of the longest heading or listed word anybody would write."""

LISTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "kind": KINDS,
        "provenance": tuple(Provenance),
        "subject": tuple(SubjectKind),
        "standing": tuple(Standing),
        "not_applicable": tuple(WhenNotApplicable),
        "flag": ("yes", "no"),
        "yes_no": ("yes", "no"),
        "fact": tuple(FACTS),
    }
)
"""Closed lists by name; the words are the messages 'workbook.<list>.<value>'."""


def word(of: str, value: str, words: Translator) -> str:
    """The word for a value of a closed list; the value itself where nobody gave it a word."""
    code = f"workbook.{of}.{value}"
    return words.text(code) if code in MESSAGES else value


def meaning(of: str, text: str) -> str | None:
    """The value of a closed list that a word means, in any language, letter case and Unicode form."""
    return _meanings(of).get(_folded(text))


def sheet_meaning(name: str) -> str | None:
    """Which of our own sheets a name means: 'info'; None for any other."""
    return _sheet_meanings().get(_folded(name))


def sheet_name(sheet: str, words: Translator) -> str:
    """The name of one of our own sheets."""
    return words.text(f"workbook.sheet.{sheet}")


SHEETS: Final = ("guide", "info", "titles", "lists", "mending")


@cache
def _meanings(of: str) -> Mapping[str, str]:
    return _folded_words(
        (value, [value, *(word(of, value, translator(locale)) for locale in LOCALES)]) for value in LISTS[of]
    )


@cache
def _sheet_meanings() -> Mapping[str, str]:
    return _folded_words((sheet, [sheet_name(sheet, translator(locale)) for locale in LOCALES]) for sheet in SHEETS)


def _folded_words(named: Iterable[tuple[str, list[str]]]) -> Mapping[str, str]:
    return MappingProxyType({_folded(text): value for value, texts in named for text in texts})


def _folded(text: str) -> str:
    return fold(text[: _LONGEST_WORD * 2])
