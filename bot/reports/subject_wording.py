"""A subject in words: where it is, and what it told of itself."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogs.facts import Subject
from bot.dialogs.placing import OWN_PLACES
from bot.dialogs.profile import QUESTIONS, said
from bot.i18n import Translator
from bot.scoring.applicability import holds
from bot.scoring.facts import facts_used
from bot.scoring.model import CriteriaSet, SubjectKind


def place_of(subject: Subject) -> str:
    """Where a subject is, in one line; a place that is assessed itself lies within others, or in none."""
    return place_line(subject.kind, subject.place.name, subject.place.within)


def place_line(kind: SubjectKind, name: str, within: str) -> str:
    """Where a subject of a kind is whose place has such a name and lies within others."""
    own = "" if kind in OWN_PLACES else name
    return ", ".join(part for part in (own, within) if part)


def told_of(told: Mapping[str, int], words: Translator) -> tuple[str, ...]:
    """What was told at registration, in the order in which it was asked."""
    lines = []
    for question in QUESTIONS:
        answer = said(told, question)
        if answer is None or not holds(question.when, told):
            continue
        if isinstance(answer, int):
            lines.append(words.text(f"report.fact.{question.id}", count=answer))
        else:
            lines.append(words.text(f"fact.{question.id}.{answer}"))
    return tuple(lines)


def known_of(subject: Subject, criteria: CriteriaSet, words: Translator) -> tuple[str, ...]:
    """What was told, and whether the lower limits of difficult areas count, where a set has some."""
    told = told_of(subject.told, words)
    if subject.place.is_difficult_area and "difficult_area" in facts_used(criteria):
        return (*told, words.text("report.fact.difficult_area"))
    return told
