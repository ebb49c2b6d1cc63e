"""Which question comes when, and how far a person is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogs.path import first_question, next_question, open_questions, previous_question, progress
from bot.dialogs.screens import Progress
from bot.dialogs.session import Question, Summary
from tests.dialogs.people import assessment, subject

ORDER = tuple(i.id for i in assessment(subject()).criteria.indicators)
A, B, C = ORDER[0], ORDER[5], ORDER[11]


@pytest.mark.parametrize(
    ("open_ids", "after", "postponed", "expected"),
    [
        ((), A, (), None),
        ((A, B, C), A, (), B),
        ((A, B, C), B, (), C),
        ((A, B, C), C, (), A),  # round from the end to the start
        ((A, B, C), ORDER[3], (), B),  # onwards from a question that was answered again
        ((A, C), A, (A,), C),
        ((A, B), C, (A,), B),  # what was never asked comes before what was put off
        ((A, B), C, (A, B), A),  # then what was put off, in that order
        ((A, B), C, (B, A), B),
        ((A, B), A, (A, B), B),  # put off again: the next of those put off
        ((A, B), B, (A, B), None),  # the last of them: none goes round
        ((A,), A, (A,), None),
        ((A,), A, (), None),  # never the question itself
        ((B,), C, (A, B), B),  # what was put off and answered since is not asked
        ((A, B), "gone", (), A),  # after a question that is no more
        ((A, B), "gone", (A, B), A),
    ],
)
def test_next_question(open_ids: tuple[str, ...], after: str, postponed: tuple[str, ...], expected: str | None) -> None:
    family = subject()
    found = next_question(assessment(family, open_ids=open_ids), family, after, postponed)
    assert (found.id if found else None) == expected


def test_the_question_before_is_the_one_on_the_sheet_answered_or_not() -> None:
    family = subject()
    sheet = assessment(family)
    before = [previous_question(sheet, family, i) for i in (ORDER[0], ORDER[1], ORDER[11])]
    assert [i and i.id for i in before] == [None, ORDER[0], ORDER[10]]


@pytest.mark.parametrize(
    ("open_ids", "at", "expected"),
    [
        (ORDER, A, Progress(1, 12, 0, 12)),
        ((B, C), B, Progress(6, 12, 10, 2)),
        ((), C, Progress(12, 12, 12, 0)),
    ],
)
def test_progress_counts_open_questions_against_the_rest(
    open_ids: tuple[str, ...], at: str, expected: Progress
) -> None:
    family = subject()
    assert progress(assessment(family, open_ids=open_ids), family, at) == expected


def test_progress_counts_only_what_is_asked() -> None:
    """Without school-age children nine of the twelve questions remain, and the fourth is the first."""
    family = subject(children=0)
    assert progress(assessment(family), family, ORDER[3]) == Progress(1, 9, 9, 0)


def test_an_answer_that_no_longer_fits_is_open_again() -> None:
    """'1 of 1 children' is no answer for a household of two."""
    sheet = assessment(subject(children=1))
    assert [i.id for i in open_questions(sheet, subject(children=2))] == [ORDER[0], ORDER[1]]


def test_an_answer_that_is_not_asked_any_more_is_not_open() -> None:
    sheet = assessment(subject(children=1))
    assert open_questions(sheet, subject(children=0)) == ()


def test_answering_begins_at_the_first_open_question_or_at_the_summary() -> None:
    family = subject()
    sheet = assessment(family, open_ids=(B, C))
    assert first_question(sheet, family) == Question(B)
    assert first_question(replace(sheet, answers=assessment(family).answers), family) == Summary()
