"""Whom a sentence speaks of, where that changes its words: what is said to a family is not said to an office."""

from __future__ import annotations

from datetime import datetime

from bot.dialogs.facts import AssessmentState
from bot.dialogs.screens import Say, say
from bot.scoring.model import SubjectKind

_IN_A_HAMLET = frozenset({SubjectKind.HOUSEHOLD, SubjectKind.CITIZEN, SubjectKind.CLAN})
_NAMES_WHO_REVIEWS = frozenset({AssessmentState.HANDED_IN, AssessmentState.CONFIRMED, AssessmentState.APPRAISED})


def reviewer(kind: SubjectKind, level: str = "") -> str:
    """Ending of the codes that name who reviews a sheet: the 'hamlet' and then the commune, or any 'other'.

    Args:
        level: of the subject's place; units are reviewed by the hamlet that they lie in, others by those above.
    """
    lies_in_one = kind is SubjectKind.UNIT and level == "hamlet"
    return "hamlet" if kind in _IN_A_HAMLET or lies_in_one else "other"


def say_state(state: AssessmentState, kind: SubjectKind, handed_in_at: datetime | str, level: str = "") -> Say:
    """Say how far a sheet has come, and whom it waits for."""
    if state in _NAMES_WHO_REVIEWS:
        return say(f"state.{state.value}.{reviewer(kind, level)}", at=handed_in_at)
    return say(f"state.{state.value}")
