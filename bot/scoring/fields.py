"""Typed reading of a TOML table that notes every problem and goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar
from unicodedata import normalize

from bot.scoring.model import Text
from bot.scoring.problem import Problem
from bot.scoring.toml_lines import Path

_E = TypeVar("_E", bound=StrEnum)
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LIMIT = Decimal(1_000_000_000)

_EXAMPLES = {
    "text": '{key} = "...", or {key}.vi = "..." and {key}.en = "..."',
    "words": '{key} = "..."',
    "a list of words": '{key} = ["...", "..."]',
    "an id": '{key} = "tre_em_di_hoc"',
    "a number": "{key} = 10",
    "a whole number": "{key} = 2",
    "true or false": "{key} = true",
    "a date": "{key} = 2026-01-31",
    "a table": "{key} = {{ ... }}",
    "a list of tables": "a table [[{key}]] for each, or {key} = [{{ ... }}, {{ ... }}]",
}


class Places(Protocol):
    """Where values stand in what they were read from, counted from 1 and ascending as one reads."""

    def line_of(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it."""


class Reading:
    """One file being read: where things stand and what was found wrong."""

    def __init__(self, name: str, places: Places) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._places = places
        self._broken: set[Path] = set()

    def report(self, code: str, path: Path, /, **params: object) -> None:
        """Note a problem and remember that the value at `path` cannot be relied on."""
        self._broken.add(path)
        texts = {key: plain(value) for key, value in params.items()}
        self.problems.append(Problem(code, self._name, self.line_of(path), _where(path), texts, path))

    def line_of(self, path: Path) -> int:
        """The line a path stands on."""
        return self._places.line_of(path)

    def is_sound(self, *paths: Path) -> bool:
        """Whether nothing was found wrong with the values at these paths."""
        return self._broken.isdisjoint(paths)

    def distrust(self, path: Path) -> None:
        """Remember that a value cannot be relied on, without a problem of its own."""
        self._broken.add(path)


class Table:
    """One table of the file; what is never asked for is an unknown key.

    A getter that finds a problem notes it and returns a stand-in, so that reading goes on to the next problem.
    """

    def __init__(self, reading: Reading, data: Mapping[str, object], path: Path) -> None:
        self.reading = reading
        self.path = path
        self._data = data
        self._asked: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def at(self, key: str) -> Path:
        """The path of a key of this table."""
        return (*self.path, key)

    def report(self, code: str, key: str | None = None, /, **params: object) -> None:
        """Note a problem with a key, or with the table itself."""
        self.reading.report(code, self.path if key is None else self.at(key), **params)

    def close(self) -> None:
        """Refuse every key nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                self.report("criteria.unknown_key", key, key=key, allowed=", ".join(self._asked))

    def allow(self, *keys: str) -> None:
        """Count keys as known without reading them."""
        self._asked.extend(key for key in keys if key not in self._asked)

    # --- values -------------------------------------------------------------------------------------------------

    def words(self, key: str, *, is_needed: bool = True) -> str:
        """Plain text on which nothing is translated; '' when it is missing or wrong."""
        value = self._get(key, "words", is_needed)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong_type(key, value, "words")
            return ""
        return self._filled(key, value)

    def all_words(self, key: str) -> tuple[str, ...]:
        """A list of words, () when it is missing."""
        value = self._get(key, "a list of words", is_needed=False)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong_type(key, value, "a list of words")
            return ()
        return tuple(value)

    def text(self, key: str) -> Text:
        """A text for people: a string (Vietnamese), or a table with vi and, if translated, en."""
        return self.text_or_none(key, is_needed=True) or Text("")

    def text_or_none(self, key: str, *, is_needed: bool = False) -> Text | None:
        """Like text(), for a text that may be left out."""
        value = self._get(key, "text", is_needed)
        if value is None:
            return None
        if isinstance(value, str):
            return Text(self._filled(key, value))
        if not isinstance(value, dict):
            self._wrong_type(key, value, "text")
            return None
        table = Table(self.reading, value, self.at(key))
        text = Text(table.words("vi"), table.words("en") if "en" in table else None)
        table.allow("en")
        table.close()
        return text

    def identifier(self, key: str = "id") -> str:
        """A permanent id; '' when it is missing or wrong."""
        value = self._get(key, "an id", is_needed=True)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong_type(key, value, "an id")
            return ""
        if not _ID.fullmatch(value):
            self.report("criteria.bad_id", key, value=value)
            return ""
        return value

    def number(self, key: str, *, low: Decimal = Decimal(0), high: Decimal = _LIMIT) -> Decimal:
        """A number from `low` to `high`; 0 when it is missing or wrong."""
        value = self._get(key, "a number", is_needed=True)
        if value is None:
            return Decimal(0)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._wrong_type(key, value, "a number")
            return Decimal(0)
        return self._within(key, Decimal(value), low, high)

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`; `default` when it may be missing, `low` when it is wrong."""
        value = self._get(key, "a whole number", is_needed=default is None)
        if value is None:
            return low if default is None else default
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong_type(key, value, "a whole number")
            return low
        return int(self._within(key, Decimal(value), Decimal(low), Decimal(high)))

    def flag(self, key: str) -> bool:
        """True or false; false when it is missing."""
        value = self._get(key, "true or false", is_needed=False)
        if value is None:
            return False
        if not isinstance(value, bool):
            self._wrong_type(key, value, "true or false")
            return False
        return value

    def day(self, key: str) -> date:
        """A date; the first of all days when it is missing or wrong."""
        return self.day_or_none(key, is_needed=True) or date.min

    def day_or_none(self, key: str, *, is_needed: bool = False) -> date | None:
        """Like day(), for a date that may be left out."""
        value = self._get(key, "a date", is_needed)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self._wrong_type(key, value, "a date")
            return None
        return value

    def choice(self, key: str, kinds: type[_E], default: _E | None = None) -> _E:
        """One word of a closed list; the first one stands in when it is missing or wrong."""
        stand_in = default or next(iter(kinds))
        value = self._get(key, "words", is_needed=default is None)
        if value is None:
            return stand_in
        if not isinstance(value, str):
            self._wrong_type(key, value, "words")
            return stand_in
        if value not in set(kinds):
            self.report("criteria.unknown_choice", key, key=key, value=value, allowed=", ".join(kinds))
            return stand_in
        return kinds(value)

    # --- tables -------------------------------------------------------------------------------------------------

    def table(self, key: str, *, is_needed: bool = True) -> Table | None:
        """A table inside this one; None when it is missing or wrong."""
        value = self._get(key, "a table", is_needed)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong_type(key, value, "a table")
            return None
        return Table(self.reading, value, self.at(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables of a list, () when it is missing or wrong; an empty list counts as missing."""
        value = self._get(key, "a list of tables", is_needed=True)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._wrong_type(key, value, "a list of tables")
            return ()
        if not value:
            self._missing(key, "a list of tables")
        return tuple(Table(self.reading, item, (*self.at(key), n)) for n, item in enumerate(value))

    # --- inside -------------------------------------------------------------------------------------------------

    def _get(self, key: str, expected: str, is_needed: bool) -> object | None:
        self.allow(key)
        value = self._data.get(key)
        if value is None and is_needed:
            self._missing(key, expected)
        return value

    def _missing(self, key: str, expected: str) -> None:
        self.report("criteria.missing_key", key, key=key, example=_EXAMPLES[expected].format(key=key))

    def _wrong_type(self, key: str, value: object, expected: str) -> None:
        example = _EXAMPLES[expected].format(key=key)
        self.report("criteria.wrong_type", key, key=key, found=_kind_of(value), expected=expected, example=example)

    def _filled(self, key: str, value: str) -> str:
        clean = normalize("NFC", value).strip()
        if not clean:
            self.report("criteria.empty_text", key, key=key)
        return clean

    def _within(self, key: str, value: Decimal, low: Decimal, high: Decimal) -> Decimal:
        if value.is_finite() and low <= value <= high:
            return value
        self.report("criteria.out_of_range", key, key=key, value=value, low=low, high=high)
        return low


def plain(value: object) -> str:
    """A value as it stands in a sentence: numbers without exponent or idle zeros."""
    if isinstance(value, Decimal) and value.is_finite():
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _where(path: Path) -> str:
    where = ""
    for part in path:
        where += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if where else part
    return where


def _kind_of(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case str():
            return "text"
        case int():
            return "a whole number"
        case Decimal():
            return "a number with decimals"
        case dict():
            return "a table"
        case list():
            return "a list"
        case datetime():
            return "a time"
        case date():
            return "a date"
        case _:
            return "a time of day"
