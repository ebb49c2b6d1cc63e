"""Scoring again what changed outside of the sheet in hand: answers for many, imports, decisions."""

from __future__ import annotations

from decimal import Decimal

from bot.ports import Work
from bot.ports.village.bulk import KeptScore, UnscoredSheet
from bot.scoring.table import ScoringTable
from bot.services.rules import Rulebook

CHUNK = 1000
"""Sheets loaded and written at a time."""


async def rescore(work: Work, book: Rulebook) -> int:
    """Score every sheet whose answers changed since its total was kept, in the same transaction; returns how many.

    Raises: RulesMissingError: the rules of one are not installed.
    """
    count = 0
    tables: dict[tuple[str, str], ScoringTable] = {}
    while True:
        sheets = await work.bulk.unscored(CHUNK)
        if sheets:
            await work.bulk.keep_scores([_scored(sheet, book, tables) for sheet in sheets])
        count += len(sheets)
        if len(sheets) < CHUNK:
            return count


def _scored(sheet: UnscoredSheet, book: Rulebook, tables: dict[tuple[str, str], ScoringTable]) -> KeptScore:
    key = sheet.set_id, sheet.set_version
    if key not in tables:
        criteria = book.get(*key)
        tables[key] = ScoringTable(criteria, criteria.valid_from)  # a sheet keeps its rules, whatever day it is
    outcome = tables[key].outcome(sheet.answers, sheet.profile)
    total = outcome.total if isinstance(outcome.total, Decimal) else None
    return KeptScore(sheet.assessment_id, total, outcome.title.id if outcome.title else None, outcome.is_complete)
