"""Fill in what an officer may leave out: ids of new rows, sums, and the ids that are no longer used."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.reports.criteria_workbook.gathering import Data, Gathering
from bot.reports.criteria_workbook.info_sheet import vietnamese
from bot.reports.criteria_workbook.new_ids import new_id
from bot.scoring.model import CriteriaSet, OneOfRule
from bot.scoring.toml_lines import Path

_POINTS = "points"


def complete(data: Data, base: CriteriaSet, gathering: Gathering) -> None:
    """Complete the data of a set.

    Args:
        data: what the sheets say.
        base: the set the workbook was made from; what it had and the sheets have not is retired.
    """
    _name_indicators(data, base, gathering)
    _retire(data, base)
    _name_criteria(data, base, gathering)
    if any(_indicators(data)):
        data.pop("structure_only", None)  # it was, until somebody filled in what is asked
    if _is_by_points(data) and data.get("structure_only") is not True:
        _add_up(data, gathering)


def _tables(data: Data, key: str) -> list[Data]:
    found: Any = data.get(key, [])
    return list(found)


def _indicators(data: Data) -> Iterator[tuple[Path, Data]]:
    for number, criterion in enumerate(_tables(data, "criteria")):
        for place, indicator in enumerate(_tables(criterion, "indicators")):
            yield ("criteria", number, "indicators", place), indicator


def _ids(tables: list[Data]) -> set[str]:
    return {str(table["id"]) for table in tables if "id" in table}


def _name_indicators(data: Data, base: CriteriaSet, gathering: Gathering) -> None:
    placed = list(_indicators(data))
    retired: Any = data.get("retired_ids", [])
    taken = _ids([i for _, i in placed]) | {i.id for i in base.indicators} | {*base.retired_ids, *retired}
    for path, indicator in placed:
        if "id" not in indicator and not gathering.is_settled((*path, "id")):
            name = vietnamese(indicator, "short") or vietnamese(indicator, "question")
            indicator["id"] = new_id(name, "chi_tieu", taken)
            taken.add(str(indicator["id"]))
        _name_options(path, indicator, base, gathering)


def _name_options(path: Path, indicator: Data, base: CriteriaSet, gathering: Gathering) -> None:
    options = _tables(indicator, "options")
    before = base.indicator(str(indicator.get("id")))
    taken = _ids(options)
    if before is not None and isinstance(before.rule, OneOfRule):
        taken |= {option.id for option in before.rule.options}
    for number, option in enumerate(options):
        if "id" not in option and not gathering.is_settled((*path, "options", number, "id")):
            option["id"] = new_id(vietnamese(option, "label"), "cau", taken)
            taken.add(str(option["id"]))


def _retire(data: Data, base: CriteriaSet) -> None:
    """Keep every id that was ever used from being used again."""
    used = _ids([indicator for _, indicator in _indicators(data)])
    told: Any = data.get("retired_ids", [])
    gone = [indicator.id for indicator in base.indicators if indicator.id not in used]
    retired = list(dict.fromkeys([*told, *base.retired_ids, *gone]))
    if retired:
        data["retired_ids"] = retired


def _name_criteria(data: Data, base: CriteriaSet, gathering: Gathering) -> None:
    criteria = _tables(data, "criteria")
    taken = _ids(criteria) | {criterion.id for criterion in base.criteria}
    for number, criterion in enumerate(criteria):
        if "id" not in criterion and not gathering.is_settled(("criteria", number, "id")):
            criterion["id"] = new_id(vietnamese(criterion, "title"), "tieu_chi", taken)
            taken.add(str(criterion["id"]))


def _is_by_points(data: Data) -> bool:
    """Whether the set is judged by points, by its first title that says so."""
    for title in _tables(data, "titles"):
        if "level" in title or "min_total" in title:
            return "level" not in title
    return False


def _add_up(data: Data, gathering: Gathering) -> None:
    """Fill in maxima that were left blank: the best answer, then the sums."""
    for path, indicator in _indicators(data):
        answers = [*_tables(indicator, "options"), *_tables(indicator, "bands")]
        answers += [table for key in ("yes", "no") if isinstance(table := indicator.get(key), dict)]
        best = [points for answer in answers if (points := _number(answer, _POINTS)) is not None]
        if best and indicator.get("kind") != _POINTS:
            _fill(indicator, "max_points", max(best), path, gathering)
    for number, criterion in enumerate(_tables(data, "criteria")):
        _fill_sum(criterion, "max_points", _tables(criterion, "indicators"), ("criteria", number), gathering)
    _fill_sum(data, "max_total", _tables(data, "criteria"), (), gathering)


def _fill_sum(data: Data, key: str, parts: list[Data], path: Path, gathering: Gathering) -> None:
    points = [_number(part, "max_points") for part in parts]
    known = [number for number in points if number is not None]
    if parts and len(known) == len(parts):
        _fill(data, key, sum(known, Decimal(0)), path, gathering)


def _fill(data: Data, key: str, value: Decimal, path: Path, gathering: Gathering) -> None:
    if key not in data and not gathering.is_settled((*path, key)):
        data[key] = value


def _number(data: Data, key: str) -> Decimal | None:
    value = data.get(key)
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
