"""Read the sheets of information and titles."""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogs.understanding.text import fold
from bot.i18n import SOURCE_LOCALE, translator
from bot.reports.criteria_workbook.columns import (
    BASE_ID,
    BASE_VERSION,
    INFO,
    INFO_COLUMNS,
    INFO_ENGLISH,
    INFO_ROWS,
    INFO_VALUE,
    PLACE_ID,
    RETIRED,
    TITLE_COLUMNS,
    Column,
    Holds,
    by_heading,
)
from bot.reports.criteria_workbook.gathering import Data, Gathering, Spot, put
from bot.reports.criteria_workbook.new_ids import new_id
from bot.reports.criteria_workbook.tables import Table, open_table
from bot.reports.criteria_workbook.vocabulary import sheet_name
from bot.reports.spreadsheets.grid import Position
from bot.reports.spreadsheets.refusal import RefusedFileError
from bot.reports.spreadsheets.shown import shortened, shown
from bot.scoring.model import CriteriaSet

_OF_THE_FILE = (BASE_ID, BASE_VERSION, PLACE_ID)


class Origin(NamedTuple):
    """What a workbook was made from and for; None where it does not say."""

    base_id: str | None
    base_version: str | None
    place_id: int | None


def read_info(gathering: Gathering, sheet: int, data: Data) -> Origin:
    """Put what the sheet of information says into the set's data.

    Raises: RefusedFileError: the sheet is not of our making.
    """
    table = open_table(gathering, sheet, INFO_COLUMNS)
    if table is None or table.header.missing(INFO_COLUMNS):
        raise wrong_template()
    known, seen = by_heading(INFO_ROWS), dict.fromkeys(INFO_ROWS, 0)
    retired: list[str] = []
    of_file: Data = {}
    for row in table.rows():
        label = gathering.grids[sheet].cells.get(table.spot(row.number, INFO).position, "")
        item = known.get(fold(shown(label)[:200]))
        spot = Spot(sheet, table.spot(row.number, INFO_VALUE).position, "" if item is None else item.code)
        at_label = table.spot(row.number, INFO)._replace(field="")
        if item is None:
            gathering.complain(at_label, "unknown_row", value=shortened(label))
            continue
        seen[item] += 1
        if item.holds is Holds.NOTHING:
            continue
        if item is RETIRED:
            value = gathering.value(spot, item, ("retired_ids", len(retired)))
            retired += [str(value)] if value else []
        elif seen[item] > 1:
            gathering.complain(at_label, "repeated_row", field=item.code)
        elif item in _OF_THE_FILE:
            put(of_file, item.path, gathering.value(spot, item, item.path))
        else:
            _read_item(gathering, table, row.number, item, spot, data)
    if retired:
        data["retired_ids"] = retired
    for item in INFO_ROWS:
        if not seen[item] and item.path:
            gathering.place(item.path, Spot(sheet, table.spot(table.header.row, INFO_VALUE).position, item.code))
    place_id = of_file.get("place_id")
    if not isinstance(place_id, int) or place_id < 1:
        gathering.complain(gathering.spot_of(PLACE_ID.path), "place_missing", PLACE_ID.path)
        place_id = None
    return Origin(_text(of_file, "base_id"), _text(of_file, "base_version"), place_id)


def _read_item(gathering: Gathering, table: Table, row: int, item: Column, spot: Spot, data: Data) -> None:
    value = gathering.value(spot, item, item.path)
    if value is not None:
        put(data, item.path, value)
    english = Spot(spot.sheet, table.spot(row, INFO_ENGLISH).position, item.code)
    cell = gathering.grids[spot.sheet].cells.get(english.position) if INFO_ENGLISH in table.header.at else None
    if cell is None:
        return
    if item.path[-1] != "vi":
        gathering.complain(english, "no_heading", value=shortened(cell))
        return
    path = (*item.path[:-1], "en")
    translation = gathering.value(english, item, path)
    if translation is not None:
        put(data, path, translation)


def read_titles(gathering: Gathering, sheet: int, data: Data, base: CriteriaSet) -> None:
    """Put the titles into the set's data."""
    gathering.place(("titles",), Spot(sheet, Position(1, 1), "workbook.part.titles"))
    table = open_table(gathering, sheet, TITLE_COLUMNS)
    if table is None:
        return
    titles: list[Data] = []
    for row in table.rows():
        title: Data = {}
        path = ("titles", len(titles))
        for column in TITLE_COLUMNS:
            if column in table.header.at:
                value = gathering.value(table.spot(row.number, column), column, (*path, *column.path))
                if value is not None and value is not False:
                    put(title, column.path, value)
        titles.append(title)
    taken = {title.id for title in base.titles} | {str(title["id"]) for title in titles if "id" in title}
    for number, title in enumerate(titles):
        if "id" not in title and not gathering.is_settled(("titles", number, "id")):
            title["id"] = new_id(vietnamese(title, "name"), "danh_hieu", taken)
            taken.add(str(title["id"]))
    if titles:
        data["titles"] = titles


def vietnamese(data: Data, key: str) -> str:
    """The Vietnamese text under a key; '' where there is none."""
    text = data.get(key)
    return str(text.get("vi", "")) if isinstance(text, dict) else ""


def wrong_template() -> RefusedFileError:
    """The refusal of a workbook that was not made from ours."""
    return RefusedFileError("wrong_template", sheet=sheet_name("info", translator(SOURCE_LOCALE)))


def _text(data: Data, key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) and value else None
