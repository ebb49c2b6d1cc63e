"""What is worth a look among the sheets of a hamlet. It accuses nobody: whoever reviews asks once more, or does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot.dialogs.village.facts import Side
from bot.dialogs.village.review_facts import Signal
from bot.scoring.model import Answer, CriteriaSet, Derived, Profile
from bot.scoring.score import line_of, top_level_of
from bot.scoring.sheet import LineState, ScoreLine

IN_TURN: Final = timedelta(seconds=3)
"""Less than this for each question is less than reading it takes."""
LEAST_IN_TURN: Final = 8
"""Questions; a few of them may well be answered in one go."""
LEAST_BEST: Final = 5
"""Questions that count for `ALL_BEST`."""
LEAST_SAME: Final = 5
"""Questions answered one by one, without which a sheet is not compared with its neighbours."""
IN_A_ROW: Final = 30

PERSONAL: Final = frozenset(("telegram", "web", "zalo", "terminal"))
"""Channels on which a person answers question by question."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, by whom and when."""

    answer: Answer
    side: Side
    by: Hashable
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A sheet with all that signals depend on."""

    assessment_id: int
    criteria: CriteriaSet
    profile: Profile
    given: Mapping[str, Given]
    is_waiting: bool = True
    """Whether signals of it are wanted; others are only compared with their neighbours."""


def signals_of(sheets: Sequence[LookedAt]) -> Mapping[int, tuple[Signal, ...]]:
    """Find what is worth a look.

    Args:
        sheets: of one hamlet, in the order of its roll.
    Returns: {assessment: signals}; sheets without any are left out.
    """
    said = Counter((each.by, each.at) for sheet in sheets for each in sheet.given.values())
    one_by_one = {sheet.assessment_id: _one_by_one(sheet, said) for sheet in sheets}
    found: dict[int, list[Signal]] = {}
    waiting = [sheet for sheet in sheets if sheet.is_waiting]
    for sheet in waiting:
        if _is_in_seconds(one_by_one[sheet.assessment_id]):
            found.setdefault(sheet.assessment_id, []).append(Signal.IN_SECONDS)
        if _is_all_best(sheet):
            found.setdefault(sheet.assessment_id, []).append(Signal.ALL_BEST)
    wanted = {sheet.assessment_id for sheet in waiting}
    for assessment_id in _in_a_row(sheets, one_by_one):
        if assessment_id in wanted:
            found.setdefault(assessment_id, []).append(Signal.SAME_IN_A_ROW)
    return {assessment_id: tuple(signals) for assessment_id, signals in found.items()}


def _one_by_one(sheet: LookedAt, said: Counter[tuple[Hashable, datetime]]) -> Mapping[str, Given]:
    """Answers that nobody gave together with others: not for many households, by Excel, or by keeping last year's."""
    return {
        indicator: each
        for indicator, each in sheet.given.items()
        if said[each.by, each.at] == 1 and each.channel in PERSONAL and not isinstance(each.answer, Derived)
    }


def _is_in_seconds(given: Mapping[str, Given]) -> bool:
    moments = sorted(each.at for each in given.values() if each.side is Side.SUBJECT)
    count = len(moments)
    return count >= LEAST_IN_TURN and moments[-1] - moments[0] < IN_TURN * (count - 1)


def _is_all_best(sheet: LookedAt) -> bool:
    """Whether every question that counts has its best answer; most sheets are known not to at their first other one."""
    top_level, counting = top_level_of(sheet.criteria), 0
    for criterion in sheet.criteria.criteria:
        for indicator in criterion.indicators:
            each = sheet.given.get(indicator.id)
            line = line_of(criterion, indicator, None if each is None else each.answer, sheet.profile, top_level)
            if line.state is LineState.NOT_APPLICABLE:
                continue
            if not _is_best(line, top_level):
                return False
            counting += 1
    return counting >= LEAST_BEST


def _is_best(line: ScoreLine, top_level: int | None) -> bool:
    if line.state is not LineState.SCORED:
        return False
    return line.points == line.indicator.max_points if top_level is None else line.passes_level == top_level


def _in_a_row(sheets: Sequence[LookedAt], one_by_one: Mapping[int, Mapping[str, Given]]) -> list[int]:
    """Sheets in a run of the same answers; compared only in what was answered one by one."""
    compared = [
        (sheet.assessment_id, {i: each.answer for i, each in one_by_one[sheet.assessment_id].items()})
        for sheet in sheets
        if len(one_by_one[sheet.assessment_id]) >= LEAST_SAME
    ]
    found: list[int] = []
    for _, group in groupby(compared, key=lambda sheet: sheet[1]):
        run = [assessment_id for assessment_id, _ in group]
        if len(run) >= IN_A_ROW:
            found.extend(run)
    return found
