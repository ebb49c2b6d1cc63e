"""The sentence for a problem of a workbook, in the words of its sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from bot.dialogs.screens import Param
from bot.i18n import Translator
from bot.reports.criteria_workbook.outcome import CellProblem
from bot.reports.criteria_workbook.vocabulary import LISTS, word
from bot.reports.spreadsheets.refusal import Refused

_NUMBER: Final = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
_IN_A_SUM: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS_AS_TYPED: Final = frozenset({"indicator", "better", "first", "sheet", "cell"})
"""Names and texts of people, which are repeated as they are."""
_NUMBERS_IN: Final = frozenset({"criteria.out_of_range", "criteria.too_many_decimals", "workbook.problem.percent"})
"""Codes whose 'value' is a number that was understood, not a text that was not."""
_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": "text",
        "words": "text",
        "a list of words": "text",
        "an id": "text",
        "a number": "number",
        "a whole number": "whole",
        "a number with decimals": "decimal",
        "true or false": "flag",
        "a date": "date",
        "a time": "date",
        "a time of day": "date",
        "a table": "table",
        "a list": "table",
        "a list of tables": "table",
    }
)
"""Kinds of values as fields.Table calls them: 'workbook.type....'."""


def sentence(problem: CellProblem | Refused, words: Translator) -> str:
    """Say where a problem is, what it is and how to mend it; of a refusal, why."""
    if isinstance(problem, Refused):
        return words.text(problem.reason_code, problem.params)
    where = {"sheet": problem.sheet, "cell": problem.cell}
    return words.text("workbook.at", {**where, "what": what_to_mend(problem, words)})


def what_to_mend(problem: CellProblem, words: Translator) -> str:
    """Say what a problem is and how to mend it, for who sees the cell."""
    params: dict[str, Param] = {key: _worded(key, value, problem, words) for key, value in problem.params.items()}
    if "list" in problem.params:
        of = problem.params["list"]
        params["allowed"] = "; ".join(f"“{word(of, value, words)}”" for value in LISTS[of])
    count = problem.params.get("count")
    return words.text(message_of(problem.code), params, None if count is None else int(count))


def message_of(code: str) -> str:
    """The message for the code of a problem."""
    return f"workbook.{code}" if code.startswith("criteria.") else code


def _worded(key: str, value: str, problem: CellProblem, words: Translator) -> Param:
    match key:
        case "field":
            return words.text(value)
        case "fact" | "provenance":
            return word(key, value, words)
        case "judged" | "other":
            return words.text(f"workbook.judging.{value}")
        case "found" | "expected":
            return words.text(f"workbook.type.{_TYPES[value]}")
        case "parts":
            return _IN_A_SUM.sub(lambda number: words.param(Decimal(number[0])), value)
        case "value" if problem.code not in _NUMBERS_IN:
            return value
        case _:
            return value if key in _WORDS_AS_TYPED else _plain(value)


def _plain(value: str) -> Param:
    if _NUMBER.fullmatch(value):
        return Decimal(value)
    return date.fromisoformat(value) if _DAY.fullmatch(value) else value
