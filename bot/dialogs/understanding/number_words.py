"""Numbers as they are written or spoken: 3, 1.234, mười lăm, hăm mốt, một trăm linh năm, two."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from bot.dialogs.understanding.phrases import Words

Parsed = tuple[Decimal, int]
"""A value, and the place after its last word."""

_DIGITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9} | {
    "mot": 1, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9
}  # fmt: skip
_AFTER_TENS = _DIGITS | {"mốt": 1, "tư": 4, "tu": 4, "lăm": 5, "lam": 5, "nhăm": 5, "nham": 5}
_ONLY_AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
"""Said after tens only, so "hai lăm" is 25; without diacritics they are other words too."""
_FIVE_OR_YEARS = ("năm", "nam")
_ZERO = {"không": 0, "khong": 0}
_DIGITS_AND_ZERO = _DIGITS | _ZERO
_DIGITS_AFTER_AND = _DIGITS | {"tư": 4, "tu": 4}
_TEN = dict.fromkeys(("mười", "muoi"), 10)
_TENS = dict.fromkeys(("mươi", "muoi", "mười"), 10)
_TEN_OF = dict.fromkeys(("chục", "chuc"), 10)
_TWENTY = dict.fromkeys(("hăm", "ham"), 20)
_HUNDRED = dict.fromkeys(("trăm", "tram"), 100)
_SCALES = (
    dict.fromkeys(("tỷ", "tỉ", "ty"), 10**9)
    | dict.fromkeys(("triệu", "trieu"), 10**6)
    | dict.fromkeys(("nghìn", "nghin", "ngàn", "ngan"), 10**3)
)
_AND = dict.fromkeys(("linh", "lẻ", "le"), 1)
_AND_A_HALF = dict.fromkeys(("rưỡi", "ruoi", "rưởi"), 1)
_POINT = dict.fromkeys(("phẩy", "phay", "chấm"), 1)
_MINUS = ("âm", "minus")
_ENGLISH_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty
"""
_ENGLISH = {word: value for value, word in enumerate(_ENGLISH_WORDS.split())}
_FIRST_WORDS = frozenset((*_DIGITS_AND_ZERO, *_TEN, *_TWENTY, *_MINUS, *_ENGLISH))
_FIGURES = "0123456789"

_PLAIN = re.compile(r"-?[0-9]+")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_GROUPED_WITH_FRACTION = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+")
_GROUPED_IN_ENGLISH = re.compile(r"-?[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|(?:,[0-9]{3})+\.[0-9]{1,2})")
_WITH_FRACTION = re.compile(r"-?(?:[0-9]+[.,](?:[0-9]{1,2}|[0-9]{4,})|(?:0|[0-9]{4,})[.,][0-9]{3})")


def from_digits(written: str, *, allow_decimal: bool) -> Decimal | None:
    """Return the number that digits mean, or None where readers would differ.

    "1.234" is 1234 by Vietnamese grouping, but None where fractions are possible; "1,234" is always None.
    """
    if _PLAIN.fullmatch(written):
        value = Decimal(written)
    elif _GROUPED.fullmatch(written):
        if allow_decimal and written.count(".") == 1:
            return None
        value = Decimal(written.replace(".", ""))
    elif _GROUPED_WITH_FRACTION.fullmatch(written):
        value = Decimal(written.replace(".", "").replace(",", "."))
    elif _GROUPED_IN_ENGLISH.fullmatch(written):
        value = Decimal(written.replace(",", ""))
    elif _WITH_FRACTION.fullmatch(written):
        value = Decimal(written.replace(",", "."))
    else:
        return None
    return abs(value) if value == 0 else value


def begins_number(word: str) -> bool:
    """Say whether a number can begin with a word."""
    return word in _FIRST_WORDS or word[-1] in _FIGURES


def parse_number(said: Words, is_counted: Callable[[Words], bool], *, allow_decimal: bool) -> Parsed | None:
    """Read the number at the start of words.

    Args:
        is_counted: says whether words begin with what is counted; "hai mươi năm" is 25 only before such a word
            (otherwise it may be twenty years).
    Returns: its value and the place after it; the caller decides whether the rest makes sense.
    """
    negative = len(said) > 1 and said[0].typed in _MINUS
    reading = _Reading(said, 1 if negative else 0, is_counted, allow_decimal=allow_decimal)
    value = reading.number()
    if value is None:
        return None
    return (value.copy_negate() if negative and value else value), reading.at


class _Reading:
    """One walk over the words of a number; each step takes its words or leaves them all."""

    __slots__ = ("_allow_decimal", "_is_counted", "_said", "at")

    def __init__(self, said: Words, at: int, is_counted: Callable[[Words], bool], *, allow_decimal: bool) -> None:
        self._said = said
        self._is_counted = is_counted
        self._allow_decimal = allow_decimal
        self.at = at

    def number(self) -> Decimal | None:
        """Take a whole number, with its fraction where fractions are possible."""
        english = self._take(_ENGLISH)
        if english is not None:
            return Decimal(english)
        value = self._scaled()
        if value is None and self._take(_ZERO) is not None:
            value = Decimal(0)
        if value is None or not self._allow_decimal:
            return value
        if self._take(_AND_A_HALF):
            return value + Decimal("0.5")
        if self._take(_POINT):
            digits = self._digits_after_point()
            return Decimal(f"{value}.{digits}") if digits and value == value.to_integral_value() else None
        return value

    def _scaled(self) -> Decimal | None:
        """Take groups of hundreds with their scales, from the largest down: hai nghìn | ba trăm linh một."""
        total, last_scale = Decimal(0), 0
        while True:
            group = self._leading_group() if not last_scale else self._following_group()
            if group is None:
                return total if last_scale else None
            scale = self._take(_SCALES)
            if scale is None:
                return total + group if last_scale else group
            if last_scale and scale >= last_scale:
                return None
            total += group * scale
            last_scale = scale
            if self._take(_AND_A_HALF):
                return total + scale // 2

    def _leading_group(self) -> Decimal | None:
        written = self._peek()
        if written and written[-1] in _FIGURES:
            value = from_digits(written, allow_decimal=self._allow_decimal)
            self.at += 1
            if value is not None and self._take(_HUNDRED):
                return value * 100 + (50 if self._take(_AND_A_HALF) else 0)
            return value * 10 if value is not None and self._take(_TEN_OF) else value
        value_of_words = self._hundreds(_DIGITS)
        if value_of_words is None:
            value_of_words = self._under_hundred()
        return None if value_of_words is None else Decimal(value_of_words)

    def _following_group(self) -> Decimal | None:
        value = self._hundreds(_DIGITS_AND_ZERO)
        if value is None:
            value = self._remainder()
        return None if value is None else Decimal(value)

    def _hundreds(self, digits: Mapping[str, int]) -> int | None:
        start = self.at
        digit = self._take(digits)
        if digit is None or self._take(_HUNDRED) is None:
            self.at = start
            return None
        if self._take(_AND_A_HALF):
            return digit * 100 + 50
        return digit * 100 + (self._remainder() or 0)

    def _remainder(self) -> int | None:
        """Take what follows hundreds or thousands: "linh năm", "mười hai"; never a bare digit ("trăm hai" is 120?)."""
        start = self.at
        value = self._take(_DIGITS_AFTER_AND) if self._take(_AND) else self._under_hundred()
        if value is None or (value < 10 and self.at - start < len(("linh", "năm"))):
            self.at = start
            return None
        return value

    def _under_hundred(self) -> int | None:
        start = self.at
        if self._take(_TEN):
            return 10 + self._unit_after_tens(1)
        digit = self._take(_DIGITS)
        if digit is not None:
            if self._take(_TENS):
                return digit * 10 + self._unit_after_tens(digit)
            if self._take(_TEN_OF):
                return digit * 10
            return digit * 10 + (self._take(_ONLY_AFTER_TENS) or 0) if self._peek() in _ONLY_AFTER_TENS else digit
        if self._take(_TWENTY):
            unit = self._unit_after_tens(2)
            if unit:
                return 20 + unit
        self.at = start
        return None

    def _unit_after_tens(self, tens: int) -> int:
        if self._peek() in _FIVE_OR_YEARS and not self._is_counted(self._said[self.at + 1 :]):
            return 0
        if tens == 1 and self._peek() == "mốt":
            return 0
        return self._take(_AFTER_TENS) or 0

    def _digits_after_point(self) -> str:
        written = self._peek()
        if written and written.isdecimal():
            self.at += 1
            return written
        digits = ""
        while True:
            value = 0 if self._take(_ZERO) is not None else self._under_hundred()
            if value is None:
                return digits
            digits += str(value)

    def _peek(self) -> str:
        return self._said[self.at].typed if self.at < len(self._said) else ""

    def _take(self, table: Mapping[str, int]) -> int | None:
        value = table.get(self._peek())
        if value is not None:
            self.at += 1
        return value
