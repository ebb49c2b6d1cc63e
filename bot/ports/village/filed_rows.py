"""Rows of a workbook of answers as text, kept between reading and applying."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialogs.village.cells import CellValue
from bot.ports.village.answers import FiledCell, FiledRow
from bot.scoring.model import SubjectKind


def encode_row(row: FiledRow) -> str:
    """Write a row."""
    of = [row.place_id, row.year, row.kind.value, row.set_id, row.set_version, row.sheet]
    cells = [[each.indicator, each.cell, _plain(each.value), each.mark] for each in row.cells]
    data = {"of": of, "row": row.row, "subject": row.subject_id, "name": row.name, "cells": cells}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def decode_row(text: str) -> FiledRow:
    """Read what `encode_row` wrote."""
    data = json.loads(text)
    place_id, year, kind, set_id, set_version, sheet = data["of"]
    return FiledRow(
        place_id,
        year,
        SubjectKind(kind),
        set_id,
        set_version,
        sheet,
        data["row"],
        data["subject"],
        data["name"],
        tuple(FiledCell(indicator, cell, _value(value), mark) for indicator, cell, value, mark in data["cells"]),
    )


def _plain(value: CellValue) -> object:
    match value:
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"day": value.isoformat()}
        case _:
            return value


def _value(data: Any) -> CellValue:  # noqa: ANN401 - JSON of several shapes
    match data:
        case {"decimal": text}:
            return Decimal(text)
        case {"day": text}:
            return date.fromisoformat(text)
        case str() | int():
            return data
        case _:
            raise ValueError(f"no value of a cell: {data!r}")
