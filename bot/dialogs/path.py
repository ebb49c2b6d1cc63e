"""Which question comes when, and how far a person is."""

from __future__ import annotations

from bot.dialogs.facts import Assessment, Subject
from bot.dialogs.screens import Progress
from bot.dialogs.session import Question, Summary
from bot.scoring.applicability import applicable
from bot.scoring.judging import fits
from bot.scoring.model import Indicator


def asked(assessment: Assessment, subject: Subject) -> tuple[Indicator, ...]:
    """The questions of this household, in document order: those that apply to it."""
    return applicable(assessment.criteria, subject.profile)


def open_questions(assessment: Assessment, subject: Subject) -> tuple[Indicator, ...]:
    """The questions that still want an answer, in document order; an answer that no longer fits is asked again."""
    answers, profile = assessment.answers, subject.profile
    return tuple(i for i in asked(assessment, subject) if i.id not in answers or not fits(i, answers[i.id], profile))


def next_question(assessment: Assessment, subject: Subject, after: str, postponed: tuple[str, ...]) -> Indicator | None:
    """The next open question: onwards from `after`, then from the start, then what was postponed, in that order.

    None when nothing is left, or when only `after` itself and questions postponed before it are.
    """
    order = [i.id for i in asked(assessment, subject)]
    remaining = {i.id: i for i in open_questions(assessment, subject) if i.id != after}
    here = order.index(after) if after in order else -1
    for indicator_id in order[here + 1 :] + order[: here + 1]:
        if indicator_id in remaining and indicator_id not in postponed:
            return remaining[indicator_id]
    later = postponed[postponed.index(after) + 1 :] if after in postponed else postponed
    return next((remaining[i] for i in later if i in remaining), None)


def previous_question(assessment: Assessment, subject: Subject, before: str) -> Indicator | None:
    """The question before this one on the sheet; None at the first."""
    order = asked(assessment, subject)
    index = next((n for n, i in enumerate(order) if i.id == before), 0)
    return order[index - 1] if index else None


def progress(assessment: Assessment, subject: Subject, at: str) -> Progress:
    """How far the household is, standing at a question.

    The bar is answered / (answered + longest remaining path); what applies hangs on the household alone, so the
    longest remaining path is the number of open questions.
    """
    order = asked(assessment, subject)
    remaining = len(open_questions(assessment, subject))
    number = next((n for n, i in enumerate(order, 1) if i.id == at), 1)
    return Progress(number, len(order), len(order) - remaining, remaining)


def first_question(assessment: Assessment, subject: Subject) -> Question | Summary:
    """Where answering begins: the first open question, or the summary when there is none."""
    remaining = open_questions(assessment, subject)
    return Question(remaining[0].id) if remaining else Summary()
