"""Read a workbook that came back: a sound set, everything that is wrong with it, or why it is not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.reports.criteria_workbook.columns import (
    CRITERION_COLUMNS,
    INDICATOR_COLUMNS,
    INFO_ROWS,
    TITLE_COLUMNS,
)
from bot.reports.criteria_workbook.completing import complete
from bot.reports.criteria_workbook.criterion_sheet import read_criterion
from bot.reports.criteria_workbook.gathering import Data, Found, Gathering, Spot, sheet_reference
from bot.reports.criteria_workbook.info_sheet import Origin, read_info, read_titles, vietnamese, wrong_template
from bot.reports.criteria_workbook.outcome import (
    CellProblem,
    ReadWorkbook,
    Sound,
    Unsound,
)
from bot.reports.criteria_workbook.vocabulary import sheet_meaning
from bot.reports.spreadsheets.grid import Grid, Position
from bot.reports.spreadsheets.limits import OF_CRITERIA, OF_ROWS
from bot.reports.spreadsheets.package import Package, read_package, sheet_names
from bot.reports.spreadsheets.refusal import RefusedFileError
from bot.scoring.model import CriteriaSet
from bot.scoring.parser import parse_data
from bot.scoring.problem import Problem
from bot.scoring.toml_lines import Path

FindSet = Callable[[str, str], CriteriaSet | None]
"""(id, version) -> the set a workbook was made from; None where it is not known."""

_NAMED: Final = 5
"""How many cells a refusal names."""
_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{
            str(column.path[0]): column.code
            for columns in (TITLE_COLUMNS, CRITERION_COLUMNS, INFO_ROWS, INDICATOR_COLUMNS)
            for column in columns
            if column.path
        },
        **{key: f"workbook.part.{key}" for key in ("criteria", "indicators", "titles", "options", "bands")},
    }
)
"""What a key is called where it has no cell, because its column is missing."""


def is_criteria_workbook(data: bytes) -> bool:
    """Whether a workbook has our sheet of information; or cannot be opened, so that nobody can tell."""
    try:
        return any(sheet_meaning(name) == "info" for name in sheet_names(data, OF_ROWS))
    except RefusedFileError:
        return True


def read_workbook(data: bytes, base: FindSet) -> ReadWorkbook:
    """Read a workbook; any bytes give an answer, never an exception.

    Args:
        base: finds the set the workbook was made from; its indicators that are gone become retired ids.
    """
    try:
        package = read_package(data, OF_CRITERIA)
        info = _check(package)
        gathering = Gathering(package.grids, Spot(info, Position(1, 1), "workbook.sheet.info"))
        content: Data = {}
        origin = read_info(gathering, info, content)
        made_from = _base_of(origin, base)
        _check_plain(package)
    except RefusedFileError as error:
        return error.refused
    _read_sheets(gathering, content, made_from)
    complete(content, made_from, gathering)
    result = parse_data(content, "", gathering)
    if isinstance(result, CriteriaSet) and not gathering.found and origin.place_id is not None:
        return Sound(result, origin.place_id, made_from.id, made_from.version)
    problems = () if isinstance(result, CriteriaSet) else result
    return Unsound(_in_cells(gathering, problems, content))


def _base_of(origin: Origin, base: FindSet) -> CriteriaSet:
    """The set a workbook was made from.

    Raises: RefusedFileError: it is not known, so nobody could say what was changed.
    """
    found = base(origin.base_id, origin.base_version) if origin.base_id and origin.base_version else None
    if found is None:
        raise RefusedFileError("unknown_set", id=_short(origin.base_id), version=_short(origin.base_version))
    return found


def _short(text: str | None) -> str:
    return (text or "?")[:40]


def _check(package: Package) -> int:
    """The number of the sheet of information.

    Raises: RefusedFileError: it is missing, or the file holds what nobody who looks at it would see.
    """
    numbers = [n for n, grid in enumerate(package.grids) if sheet_meaning(grid.name) == "info"]
    if not numbers:
        raise wrong_template()
    if package.hidden:
        raise RefusedFileError("hidden_sheets", sheets=", ".join(name[:31] for name in package.hidden[:_NAMED]))
    if package.has_external_links:
        raise RefusedFileError("external_links")
    return numbers[0]


def _check_plain(package: Package) -> None:
    """Refuse formulas and merged cells, wherever they are."""
    for reason, found in (("formulas", _named(package, "formulas")), ("merged", _named(package, "merged"))):
        if found:
            raise RefusedFileError(reason, cells=", ".join(found[:_NAMED]))


def _named(package: Package, what: str) -> list[str]:
    cells: list[tuple[Grid, str]] = []
    for grid in package.grids:
        cells += [(grid, name) for name in (grid.formulas if what == "formulas" else grid.merged)]
    return [f"{sheet_reference(grid.name[:31])}!{name}" for grid, name in cells]


def _read_sheets(gathering: Gathering, content: Data, base: CriteriaSet) -> None:
    criteria: list[Data] = []
    seen: set[str | None] = set()
    for number, grid in enumerate(gathering.grids):
        sheet = sheet_meaning(grid.name)
        if sheet in ("info", "titles") and sheet in seen:
            gathering.complain(Spot(number, Position(1, 1), f"workbook.sheet.{sheet}"), "repeated_sheet")
            continue
        seen.add(sheet)
        match sheet:
            case "titles":
                read_titles(gathering, number, content, base)
            case None:
                criterion = read_criterion(gathering, number, len(criteria))
                criteria += [] if criterion is None else [criterion]
            case _:
                pass
    if criteria:
        content["criteria"] = criteria


def _in_cells(gathering: Gathering, problems: tuple[Problem, ...], content: Data) -> tuple[CellProblem, ...]:
    """All problems by cell, in reading order; the same one of the same cell once."""
    found = list(gathering.found)
    found += [_found(gathering, p, content) for p in problems if not gathering.is_settled(p.path)]
    ordered = sorted(found, key=lambda problem: problem.spot.order)
    once = {(f.spot.order, f.code, *sorted(f.params.items())): f for f in ordered}
    return tuple(_cell_problem(gathering, problem) for problem in once.values())


def _cell_problem(gathering: Gathering, found: Found) -> CellProblem:
    field = {"field": found.spot.field} if found.spot.field else {}
    params = MappingProxyType({**field, **found.params})
    return CellProblem(gathering.grids[found.spot.sheet].name, found.spot.position.name, found.code, params)


def _found(gathering: Gathering, problem: Problem, content: Data) -> Found:
    """A problem of the parser in the words of the sheets: headings for keys, cells for lines, names for ids."""
    spot = gathering.spot_of(problem.path)
    params = dict(problem.params)
    if "first" in params:
        params["first"] = gathering.cell_name(int(params["first"]))
    if "indicator" in params:
        params["indicator"] = _name_of(content, params["indicator"], "indicators", "short")
    for key in ("before", "better"):
        if problem.code in ("criteria.title_never_given", "criteria.up_to_in_better_title") and key in params:
            params[key] = _name_of(content, params[key], "titles", "name")
    params["field"] = spot.field if gathering.has_cell(problem.path) else _field_of(problem.path) or spot.field
    return Found(spot, problem.code, params)


def _field_of(path: Path) -> str | None:
    keys = [part for part in path if isinstance(part, str) and part in _FIELDS]
    return _FIELDS[keys[-1]] if keys else None


def _name_of(content: Data, identifier: str, table: str, key: str) -> str:
    """What people call an indicator or a title; its id where it has no name."""
    placed: object = content.get("titles") if table == "titles" else content.get("criteria")
    rows = [row for row in placed if isinstance(row, dict)] if isinstance(placed, list) else []
    if table == "indicators":
        rows = [i for row in rows for i in row.get("indicators", ())]
    return next((vietnamese(row, key) for row in rows if row.get("id") == identifier), "") or identifier
