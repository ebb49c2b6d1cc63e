"""What comes of reading a workbook: a sound set, problems in its cells, or a refusal to read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.reports.spreadsheets.refusal import Refused
from bot.scoring.model import CriteriaSet


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing to mend in one cell; its sentence is made by wording.sentence."""

    sheet: str
    cell: str
    """As people call it: 'D7'."""
    code: str
    """'criteria....' as bot.scoring.problem has it, or a 'workbook.problem....' of its own."""
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sound:
    """A workbook that holds a set."""

    criteria: CriteriaSet
    place_id: int
    """The place the workbook was made for."""
    base_id: str
    """Id and version of the set the workbook was made from."""
    base_version: str


@dataclass(frozen=True, slots=True)
class Unsound:
    """A workbook that can be mended: everything that is wrong with it, in reading order; never empty."""

    problems: tuple[CellProblem, ...]


ReadWorkbook = Sound | Unsound | Refused
