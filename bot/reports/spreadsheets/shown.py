"""A cell's value as its cell shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final
from unicodedata import normalize

from bot.reports.spreadsheets.grid import ErrorValue, Percent, Value
from bot.scoring.fields import plain

_SHOWN: Final = 60
"""Letters of a value that a sentence repeats."""


def shown(value: Value) -> str:
    """A value as its cell shows it."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case date():
            return written_day(value)
        case Percent(number):
            return f"{plain(number)}%"
        case ErrorValue(text):
            return text
        case _:
            return plain(Decimal(value))


def written_day(day: date) -> str:
    """A day as the sheets write it: as text, since a program set to another country would turn day and month."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def shortened(value: Value) -> str:
    """The beginning of a value, for a sentence."""
    text = normalize("NFC", " ".join(shown(value)[: _SHOWN * 4].split()))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
