"""What the cells of a roll mean, however they were typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from bot.dialogs.screens import Param, Say, say
from bot.dialogs.understanding import fold, readable
from bot.reports.roll_files.letters import tidy
from bot.reports.spreadsheets.grid import ErrorValue, Value
from bot.reports.spreadsheets.shown import shortened, shown

LONGEST_NAME: Final = 60
LONGEST_NUMBER: Final = 20
LONGEST_GROUP: Final = 40
MOST_PERSONS: Final = 30

_TITLES: Final = re.compile(r"(ông|bà|ô|b)\s*[.:/]?\s*((?<=[.:/ ])(?=\S))", re.IGNORECASE)
_BOTH: Final = re.compile(r"(ông|ô)\s*[./]\s*(bà|b)\s*[.:]?\s*", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\D+")
_PHONES: Final = re.compile(r"[/;,\n]|\s-\s|\bhoặc\b|\bvà\b")
_COUNT: Final = re.compile(r"(\d{1,3})( ?(nguoi|chau|em|tre|con|khau))?")
_NONE: Final = frozenset(("-", "khong", "ko", "k", "0", "khong co"))
_YEAR: Final = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a cell cannot mean, and how to mend it."""

    what: Say


def name_of(text: str) -> str | Wrong:
    """A person's name: without a title, readable where it was typed in capitals. '' for none."""
    name = _BOTH.sub("", tidy(text), count=1)
    if name == tidy(text):
        found = _TITLES.match(name)
        rest = name[found.end() :] if found else ""
        name = rest if len(rest.split()) > 1 else name
    name = name.strip(" .,;:-*")
    if not name:
        return ""
    if len(name) > LONGEST_NAME:
        return Wrong(say("import.problem.long_name", value=shortened(name), most=LONGEST_NAME))
    if any(c.isdigit() or c in "@/\\=<>#" for c in name) or not any(c.isalpha() for c in name):
        return Wrong(say("import.problem.name", value=shortened(name)))
    return readable(name)


def number_of(value: str) -> str | Wrong:
    """A household's number as the roll has it: '017', 'H-17'."""
    number = value.strip(" .")
    if len(number) > LONGEST_NUMBER:
        return Wrong(say("import.problem.long_number", value=shortened(number), most=LONGEST_NUMBER))
    return number


def phone_of(value: str) -> str | Wrong:
    """A telephone number with its leading 0, which Excel drops; the first of several. '' for none."""
    text = tidy(value).removesuffix(".0")
    if not text or fold(text) in _NONE:
        return ""
    for part in _PHONES.split(text):
        digits = _DIGITS.sub("", part)
        if part.strip().startswith("+84") or (digits.startswith("84") and len(digits) in (11, 12)):
            digits = "0" + digits[2:].lstrip("0")
        elif len(digits) == 9 and digits[0] in "35789":
            digits = "0" + digits
        if digits.startswith("0") and len(digits) in (10, 11):
            return digits
    return Wrong(say("import.problem.phone", value=shortened(text)))


def count_of(value: Value | None) -> int | Wrong | None:
    """A number of persons; None where nothing is said."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool | date | ErrorValue):
        return _no_count(value)
    if isinstance(value, int | Decimal):
        count = int(value) if value == int(value) else -1
    else:
        text = fold(tidy(shown(value)))
        if text in _NONE:
            return 0
        found = _COUNT.fullmatch(text.removesuffix(".0"))
        count = int(found[1]) if found else -1
    return count if 0 <= count <= MOST_PERSONS else _no_count(value)


def _no_count(value: Value) -> Wrong:
    most: Param = MOST_PERSONS
    return Wrong(say("import.problem.count", value=shortened(value), most=most))


def year_of(value: Value | None) -> int | None:
    """The year of a birth, from a date, a year or a text with one."""
    if isinstance(value, date):
        return value.year
    if value is None:
        return None
    found = _YEAR.search(shown(value))
    return int(found[0]) if found else None
