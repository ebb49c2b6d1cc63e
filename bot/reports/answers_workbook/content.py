"""What a workbook of answers is made of, and the marks by which it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import normalize

from bot.dialogs.village.facts import HouseholdState
from bot.scoring.model import Answer, CriteriaSet, Profile

HIDDEN_SHEET: Final = "_hoctap_answers"
"""Holds what the file was made from and for; nobody need see it."""
FORM: Final = 1
"""Of the hidden sheet and the hidden keys; raised when it changes."""
KEY: Final = "hoctap"
"""Stands at the crossing of the hidden row of question ids and the hidden column of household ids."""
NUMBER_KEY, NAME_KEY = "hoctap.number", "hoctap.name"
"""Above the columns of the roll's numbers and names."""
KEY_ROW: Final = 1
SHORT_ROW: Final = 3
QUESTION_ROW: Final = 4
HOW_ROW: Final = 5
FIRST_ROW: Final = 6
"""Of the households."""
KEY_COLUMN, NUMBER_COLUMN, NAME_COLUMN, STATE_COLUMN, FIRST_COLUMN = 1, 2, 3, 4, 5
MARKS_FROM: Final = 10
"""The row of the hidden sheet that begins the households."""


@dataclass(frozen=True, slots=True)
class AnswersRow:
    """One household, clan, unit or citizen."""

    subject_id: int
    number: str
    name: str
    state: HouseholdState
    profile: Profile
    answers: Mapping[str, Answer]
    is_open: bool = True
    """Whether its sheet takes answers; one that was not begun does."""


@dataclass(frozen=True, slots=True)
class AnswersTable:
    """A hamlet's answers of a year under one set."""

    place_id: int
    place: str
    year: int
    criteria: CriteriaSet
    written_on: date
    rows: tuple[AnswersRow, ...]


def mark_of_cell(shown: str) -> str:
    """A mark of what stands in a cell, whatever the program that saved it made of its spaces and letters."""
    plain = normalize("NFC", " ".join(shown.split()))
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:10]
