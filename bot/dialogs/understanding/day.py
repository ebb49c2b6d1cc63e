"""A day, written with digits or words: '22/11/2026', 'ngày 1 tháng 1 năm 2027', 'hôm nay', 'mai'."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.dialogs.understanding.text import fold

_DIGITS = re.compile(r"(?:ngay )?(\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{4}|\d{2}))?")
_WORDS = re.compile(r"(?:ngay )?(?:mong )?(\d{1,2}) thang (\d{1,2})(?:(?:,)? nam (\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TODAY = ("hom nay", "bua nay", "bay gio", "ngay hom nay", "today", "now")
_TOMORROW = ("mai", "ngay mai", "hom sau", "tomorrow")
_YESTERDAY = ("hom qua", "bua qua", "ngay hom qua", "yesterday")
LONGEST = 60


def read_day(text: str, today: date) -> date | None:
    """Read a day; without a year it is this year's, two figures are of this century. None when it is no real day."""
    said = fold(text[:LONGEST]).strip(" .!")
    said = re.sub(r"^tu |^from ", "", said)
    near = {**dict.fromkeys(_TODAY, 0), **dict.fromkeys(_TOMORROW, 1), **dict.fromkeys(_YESTERDAY, -1)}
    if said in near:
        return today + timedelta(days=near[said])
    if found := _ISO.fullmatch(said):
        return _day(found[3], found[2], found[1], today)
    found = _DIGITS.fullmatch(said) or _WORDS.fullmatch(said)
    return _day(found[1], found[2], found[3], today) if found else None


def _day(day: str, month: str, year: str | None, today: date) -> date | None:
    number = today.year if year is None else int(year)
    if number < 100:
        number += 2000
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None
