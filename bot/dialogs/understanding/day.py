"""A day, written with digits or words: '22/11/2026', 'ngày 1 tháng 1 năm 2027', 'hôm nay', 'mai'."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.dialogs.understanding.courtesy import ENDINGS, OPENING_PHRASES
from bot.dialogs.understanding.number import read_number
from bot.dialogs.understanding.phrases import Phrases, cores, listed, words
from bot.dialogs.understanding.text import understandable

_OPENINGS = Phrases(
    OPENING_PHRASES
    | listed(
        "từ, kể từ, bắt đầu từ, áp dụng từ, có hiệu lực từ, vào, ký, ký ngày, ký vào, là, đúng, chọn, xin chọn",
        "from, on, since, starting, starting from, signed on",
    )
)
_IN_DIGITS = re.compile(
    r"(?:ngay )?(\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{4}|\d{2})| (?:nam )?(nay|sau|toi|ngoai|truoc))?"
)
_IN_WORDS = re.compile(
    r"(?:ngay )?(?:mong |mung )?([a-z0-9 ]+?) thang ([a-z0-9 ]+?)"
    r"(?: ?,? nam (?:(\d{4})|(nay|sau|toi|ngoai|truoc)))?"
)
_ISO = re.compile(r"(\d{4}) ?- ?(\d{1,2}) ?- ?(\d{1,2})")
_FROM_TODAY = {
    **dict.fromkeys(("hom nay", "bua nay", "bay gio", "ngay hom nay", "ngay nay", "today", "now"), 0),
    **dict.fromkeys(("mai", "ngay mai", "hom sau", "tomorrow"), 1),
    **dict.fromkeys(("ngay kia", "ngay mot", "the day after tomorrow"), 2),
    **dict.fromkeys(("hom qua", "bua qua", "ngay hom qua", "yesterday"), -1),
    **dict.fromkeys(("hom kia", "bua kia", "the day before yesterday"), -2),
}
_YEARS_FROM_THIS = {"nay": 0, "sau": 1, "toi": 1, "ngoai": -1, "truoc": -1}
_MONTH_FOUR = "tu"


def read_day(text: str, today: date) -> date | None:
    """Read a day; without a year it is this year's, two figures are of this century. None when it is no real day.

    Days of the lunar calendar ('tháng giêng', 'tháng chạp') and days of the week are nobody's guess.
    """
    said = understandable(text)
    if said is None or "?" in said:
        return None
    for core in cores(words(said.strip(" ;.,!")), _OPENINGS, ENDINGS):
        day = _day(" ".join(word.folded for word in core), today)
        if day is not None:
            return day
    return None


def _day(said: str, today: date) -> date | None:
    if said in _FROM_TODAY:
        return today + timedelta(days=_FROM_TODAY[said])
    if found := _ISO.fullmatch(said):
        return _real(int(found[1]), int(found[2]), int(found[3]))
    if found := _IN_DIGITS.fullmatch(said):
        return _real(_year(found[3], found[4], today), int(found[2]), int(found[1]))
    if found := _IN_WORDS.fullmatch(said):
        day, month = _counted(found[1]), _counted(found[2])
        return None if day is None or month is None else _real(_year(found[3], found[4], today), month, day)
    return None


def _year(figures: str | None, beside: str | None, today: date) -> int:
    if figures is not None:
        return int(figures) if len(figures) == len("2026") else 2000 + int(figures)
    return today.year + _YEARS_FROM_THIS[beside or "nay"]


def _counted(said: str) -> int | None:
    number = read_number("4" if said == _MONTH_FOUR else said)
    return None if number is None else int(number)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
