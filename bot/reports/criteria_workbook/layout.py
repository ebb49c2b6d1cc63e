"""Lay a criteria set out in the cells of its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never

from bot.i18n import Translator
from bot.reports.criteria_workbook.columns import (
    BASE_ID,
    BASE_VERSION,
    CRITERION_COLUMNS,
    INDICATOR_COLUMNS,
    INFO_COLUMNS,
    INFO_ROWS,
    LABEL,
    MAX_TOTAL,
    NUMBER,
    PLACE,
    PLACE_ID,
    RETIRED,
    TITLE_COLUMNS,
    Column,
    Holds,
)
from bot.reports.criteria_workbook.sheet_names import criterion_name
from bot.reports.criteria_workbook.vocabulary import LISTS, sheet_name, word
from bot.reports.spreadsheets.escapes import escape
from bot.reports.spreadsheets.grid import Grid, Position, Value
from bot.reports.spreadsheets.sheet_part import LONGEST_TEXT
from bot.reports.spreadsheets.shown import written_day
from bot.scoring.fields import plain
from bot.scoring.model import (
    Band,
    CriteriaSet,
    Criterion,
    DerivedRule,
    Indicator,
    NumberRule,
    OneOfRule,
    Option,
    PointsRule,
    Rule,
    ShareRule,
    Worth,
    YesNoRule,
)
from bot.scoring.toml_lines import Path

_GUIDE: Final = ("title", "sheets", "rows", "lists", "numbers", "add", "remove", "ids", "right", "plain", "send")
_MOST_DIGITS: Final = 15
"""Digits that a number in a cell keeps; longer ones are written as text."""
TABLE_AT: Final = 4
"""The row that heads the indicators of a criterion, under its own two rows."""


def lay_out(criteria: CriteriaSet, place: str, place_id: int, words: Translator) -> tuple[Grid, ...]:
    """All sheets of a set, in order; reading them gives an equal set."""
    named = list(enumerate(criteria.criteria, 1))
    return (
        guide_sheet(criteria.title.in_locale(words.locale), words),
        _info_sheet(criteria, place, place_id, words),
        _titles_sheet(criteria, words),
        *(_criterion_sheet(number, criterion, criteria.is_by_points, words) for number, criterion in named),
        lists_sheet(words),
    )


def guide_sheet(title: str, words: Translator) -> Grid:
    """The sheet that says how to edit the others."""
    grid = Grid(sheet_name("guide", words))
    lines = [words.text("workbook.guide.title"), words.text("workbook.about", {"title": title})]
    lines += [words.text(f"workbook.guide.{line}") for line in _GUIDE[1:]]
    grid.cells.update({Position(row, 1): line for row, line in enumerate(lines, 1)})
    return grid


def lists_sheet(words: Translator) -> Grid:
    """The sheet of everything that drop-downs offer; not read back."""
    grid = Grid(sheet_name("lists", words))
    for column, (name, values) in enumerate(LISTS.items(), 1):
        grid.cells[Position(1, column)] = words.text(f"workbook.{name}")
        for row, value in enumerate(values, 2):
            grid.cells[Position(row, column)] = word(name, value, words)
    return grid


def columns_for(columns: tuple[Column, ...], *, is_by_points: bool) -> tuple[Column, ...]:
    """Columns in the order of their sheet: what a set rarely needs stands to the right."""
    other = "levels" if is_by_points else "points"
    return tuple(sorted(columns, key=lambda column: column.is_rare or column.judged_by == other))


def _info_sheet(criteria: CriteriaSet, place: str, place_id: int, words: Translator) -> Grid:
    grid = Grid(sheet_name("info", words))
    _put_headings(grid, 1, 1, INFO_COLUMNS, words)
    is_scored = criteria.is_by_points and not criteria.is_structure_only
    special: Mapping[Column, object] = {
        BASE_ID: criteria.id,
        BASE_VERSION: criteria.version,
        PLACE_ID: place_id,
        PLACE: place,
        MAX_TOTAL: criteria.max_total if is_scored else None,
    }
    row = 1
    for item in INFO_ROWS:
        values = [special[item] if item in special else _at(criteria, _named(item.path))]
        for value in (criteria.retired_ids or (None,)) if item is RETIRED else values:
            row += 1
            grid.cells[Position(row, 1)] = item.heading(words)
            grid.cells[Position(row, 4)] = item.explanation(words)
            _put(grid, Position(row, 2), item, value, words)
            if item.path[-1:] == ("vi",):
                _put(grid, Position(row, 3), item, _at(criteria, (*item.path[:-1], "en")), words)
    return grid


def _named(path: Path) -> Path:
    return ("is_structure_only",) if path == ("structure_only",) else path


def _titles_sheet(criteria: CriteriaSet, words: Translator) -> Grid:
    grid = Grid(sheet_name("titles", words))
    columns = columns_for(TITLE_COLUMNS, is_by_points=criteria.is_by_points)
    _put_headings(grid, 1, 1, columns, words)
    for row, title in enumerate(criteria.titles, 2):
        for at, column in enumerate(columns, 1):
            _put(grid, Position(row, at), column, _at(title, column.path), words)
    return grid


def _criterion_sheet(number: int, criterion: Criterion, is_by_points: bool, words: Translator) -> Grid:
    grid = Grid(criterion_name(number, criterion.title.in_locale(words.locale)))
    _put_headings(grid, 1, 2, CRITERION_COLUMNS, words)
    for at, column in enumerate(CRITERION_COLUMNS, 2):
        _put(grid, Position(2, at), column, _at(criterion, column.path), words)
    columns = columns_for(INDICATOR_COLUMNS, is_by_points=is_by_points)
    _put_headings(grid, TABLE_AT, 1, columns, words)
    row = TABLE_AT
    for place, indicator in enumerate(criterion.indicators, 1):
        answers = list(_answers(indicator.rule, words)) or [{}]
        for line, answer in enumerate(answers):
            row += 1
            for at, column in enumerate(columns, 1):
                if column.is_answer:
                    _put(grid, Position(row, at), column, answer.get(column.path), words)
                elif not line:
                    value = f"{number}.{place}" if column is NUMBER else _of_indicator(indicator, column.path)
                    _put(grid, Position(row, at), column, value, words)
    return grid


def _of_indicator(indicator: Indicator, path: Path) -> object:
    """A value of an indicator or of its rule."""
    match path:
        case ("kind",):
            return kind_of(indicator.rule)
        case ("minimum" | "maximum",):
            return _at(indicator.rule, path) if isinstance(indicator.rule, NumberRule) else None
        case _:
            value = _at(indicator, path)
            return _at(indicator.rule, path) if value is None else value


def kind_of(rule: Rule) -> str:
    """The kind of a rule as files name it."""
    match rule:
        case YesNoRule():
            return "yes_no"
        case OneOfRule():
            return "one_of"
        case NumberRule():
            return "number"
        case ShareRule():
            return "share"
        case DerivedRule():
            return "derived"
        case PointsRule():
            return "points"
        case _:
            assert_never(rule)


def _answers(rule: Rule, words: Translator) -> Iterator[dict[Path, object]]:
    """The answer columns of each answer or band, by their paths."""
    match rule:
        case YesNoRule():
            for key, worth in (("yes", rule.yes), ("no", rule.no)):
                yield {LABEL.path: word("yes_no", key, words), **_worth(worth)}
        case OneOfRule():
            yield from (_spread(option, ("id", "label.vi", "label.en")) for option in rule.options)
        case NumberRule() | ShareRule() | DerivedRule():
            bounds = ("at_least", "when.fact", "when.at_least", "when.at_most")
            yield from (_spread(band, bounds) for band in rule.bands)
        case PointsRule():
            return
        case _:
            assert_never(rule)


def _spread(answer: Option | Band, names: tuple[str, ...]) -> dict[Path, object]:
    paths = [tuple(name.split(".")) for name in names]
    return {**{path: _at(answer, path) for path in paths}, **_worth(answer.worth)}


def _worth(worth: Worth) -> dict[Path, object]:
    return {("points",): worth.points, ("passes_level",): worth.passes_level}


def _at(value: object, path: Path) -> object:
    """Follow attributes; None where one is missing."""
    for name in path:
        value = getattr(value, str(name), None)
    return value


def _put_headings(grid: Grid, row: int, start: int, columns: tuple[Column, ...], words: Translator) -> None:
    for at, column in enumerate(columns, start):
        grid.cells[Position(row, at)] = column.heading(words)


def _put(grid: Grid, position: Position, column: Column, value: object, words: Translator) -> None:
    """Write a value as its column shows it; what is None, and a flag that is not set, stays blank."""
    written: Value | None
    match value:
        case None | False:
            written = None
        case True:
            written = word("flag", "yes", words)
        case StrEnum():
            written = word(column.choices, value.value, words) if column.holds is Holds.CHOICE else value.value
        case str():
            written = word(column.choices, value, words) if column.holds is Holds.CHOICE else value
        case date():
            written = written_day(value)
        case int() | Decimal():
            written = _number(Decimal(value))
        case _:
            raise TypeError(f"{column.code} cannot hold {value!r}")
    if isinstance(written, str) and len(escape(written)) > LONGEST_TEXT:
        raise ValueError(f"{column.code} is longer than the {LONGEST_TEXT} characters of a cell")
    if written is not None:
        grid.cells[position] = written


def _number(number: Decimal) -> Value:
    if len(number.normalize().as_tuple().digits) > _MOST_DIGITS:
        return plain(number).replace(".", ",")
    return int(number) if number == number.to_integral_value() else number
