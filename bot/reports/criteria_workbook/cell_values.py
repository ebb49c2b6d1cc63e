"""What a cell's value means in its column, however it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, assert_never
from unicodedata import normalize

from bot.reports.criteria_workbook.columns import Column, Holds
from bot.reports.criteria_workbook.vocabulary import meaning
from bot.reports.spreadsheets.grid import ErrorValue, Percent, Value
from bot.reports.spreadsheets.sheet_part import LONGEST_TEXT
from bot.reports.spreadsheets.shown import shortened, shown
from bot.scoring.fields import plain

_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
"""As people here group them: 1.000.000,5."""
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,40}([.,][0-9]{1,40})?")
_DAY: Final = re.compile(r"([0-9]{1,2})\s?[/.-]\s?([0-9]{1,2})\s?[/.-]\s?([0-9]{4})")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LONGEST_NUMBER: Final = 60


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that its column cannot hold."""

    code: str
    params: Mapping[str, str]


def meant(value: Value, column: Column, *, takes_percent: bool = False) -> object:
    """The value as the parser reads it: str, int, Decimal, bool or date; a Wrong where it cannot be one.

    Args:
        takes_percent: whether the column counts in per cent, so that 60% is 60.
    """
    if isinstance(value, ErrorValue):
        return _wrong("error_value", value)
    match column.holds:
        case Holds.TEXT | Holds.NOTHING:
            text = normalize("NFC", shown(value)).strip()
            return text if len(text) <= LONGEST_TEXT else Wrong("workbook.problem.too_long", _params(most=LONGEST_TEXT))
        case Holds.NUMBER:
            return _number(value, takes_percent)
        case Holds.DAY:
            day = value if isinstance(value, date) else _day_of(shown(value))
            return _wrong("not_a_date", value) if day is None else day
        case Holds.FLAG:
            found = _flag(value)
            return _unknown(value, column) if found is None else found == "yes"
        case Holds.CHOICE:
            return meaning(column.choices, shown(value)) or _unknown(value, column)
        case _:
            assert_never(column.holds)


def _number(value: Value, takes_percent: bool) -> object:
    number = value
    if isinstance(number, str):
        number = _number_of(number)
    if isinstance(number, Percent):
        if not takes_percent:
            return Wrong("workbook.problem.percent", _params(value=plain(number.value)))
        number = number.value
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        return _wrong("not_a_number", value)
    return int(number) if isinstance(number, Decimal) and number == number.to_integral_value() else number


def _number_of(text: str) -> Value:
    """Read a number typed as text; the text itself where it is none."""
    plain_text = re.sub(r"[\s\u00a0\u202f]", "", normalize("NFKC", text))
    is_percent = plain_text.endswith("%")
    digits = plain_text.removesuffix("%")
    if _THOUSANDS.fullmatch(digits) and len(digits) <= _LONGEST_NUMBER:
        number = Decimal(digits.replace(".", "").replace(",", "."))
    elif _NUMBER.fullmatch(digits):
        number = Decimal(digits.replace(",", "."))
    else:
        return text
    return Percent(number) if is_percent else number


def _day_of(text: str) -> date | None:
    plain_text = normalize("NFKC", text).strip()
    with suppress(ValueError):
        if found := _DAY.fullmatch(plain_text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO_DAY.fullmatch(plain_text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    return None


def _flag(value: Value) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return meaning("flag", shown(value)) or meaning("yes_no", shown(value))


def _unknown(value: Value, column: Column) -> Wrong:
    return Wrong("workbook.problem.unknown_word", _params(value=shortened(value), list=column.choices))


def _wrong(problem: str, value: Value) -> Wrong:
    return Wrong(f"workbook.problem.{problem}", _params(value=shortened(value)))


def _params(**params: object) -> Mapping[str, str]:
    return MappingProxyType({name: str(value) for name, value in params.items()})
