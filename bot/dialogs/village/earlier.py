"""Last year's answers of the sheet in hand: those that still fit, and those that are asked again."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogs.facts import Assessment, Facts, Subject
from bot.dialogs.path import asked
from bot.dialogs.village.facts import EarlierSheet
from bot.scoring.judging import fits
from bot.scoring.model import Answer, Derived, Indicator


def kept(facts: Facts) -> Mapping[str, Answer]:
    """{indicator id: last year's answer} of the questions that are asked this year, where it still fits.

    A share from the records is counted anew every year.
    """
    assessment, subject, before = facts.assessment, facts.subject, facts.village.last_year
    if assessment is None or subject is None or before is None:
        return {}
    found = ((each.id, answer(before, each, subject)) for each in asked(assessment, subject))
    return {indicator: value for indicator, value in found if value is not None}


def answer(before: EarlierSheet, to: Indicator, of: Subject) -> Answer | None:
    """Last year's answer to a question, where it still fits."""
    given = before.answers.get(to.id)
    return given if given is not None and not isinstance(given, Derived) and fits(to, given, of.profile) else None


def sheet_of(assessment: Assessment, subject: Subject) -> EarlierSheet:
    """A sheet that has just become last year's."""
    return EarlierSheet(
        assessment.id,
        assessment.year,
        assessment.criteria.id,
        assessment.criteria.version,
        assessment.answers,
        subject.told,
        None,
        None,
    )
