"""What kind of number a cell shows, by its format: a date, per cent, or just a number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from bot.reports.spreadsheets.grid import Percent, Value

_DATES: Final = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_PERCENTS: Final = frozenset({9, 10})
"""Ids of formats that need no code (ISO/IEC 29500-1, 18.8.30)."""
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?")
_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_LAST_DAY: Final = 2_900_000
_WHOLE: Final = 10**15
_LARGEST: Final = Decimal("1E+300")


class Shows(Enum):
    """What a number stands for."""

    NUMBER = auto()
    DATE = auto()
    PERCENT = auto()


def shown_by(format_id: int, code: str | None) -> Shows:
    """What a number format shows; `code` is that of a format of the workbook's own."""
    if code is None:
        return Shows.DATE if format_id in _DATES else Shows.PERCENT if format_id in _PERCENTS else Shows.NUMBER
    plain = _QUOTED.sub("", code.split(";")[0]).lower()
    if "%" in plain:
        return Shows.PERCENT
    return Shows.DATE if "general" not in plain and set(plain) & set("dmyh") else Shows.NUMBER


def number_value(text: str, shows: Shows, is_1904: bool) -> Value:
    """The value of a number cell; the text where it is no number, or one that no program keeps.

    Programs write the nearest binary fraction with up to 17 digits (2.2999999999999998 for 2.3); the shortest decimal
    that means the same is what somebody typed.
    """
    if not _NUMBER.fullmatch(text):
        return text
    nearest = float(text)
    number = Decimal(repr(nearest))
    if not number.is_finite() or abs(number) > _LARGEST:
        return text
    if shows is Shows.PERCENT:
        return Percent(number * 100)
    if shows is Shows.DATE and 1 <= number <= _LAST_DAY:
        return (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(days=int(number))
    return int(number) if number == number.to_integral_value() and abs(number) < _WHOLE else number
