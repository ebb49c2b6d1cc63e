"""A set worked out once, to score many sheets by: only what is stored of a sheet, and quickly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from operator import attrgetter

from bot.scoring.applicability import is_applicable
from bot.scoring.facts import facts_used
from bot.scoring.model import (
    Answer,
    Answers,
    Chosen,
    CriteriaSet,
    Criterion,
    Derived,
    DerivedRule,
    Indicator,
    NotApplicable,
    NumberRule,
    OneOfRule,
    PointsRule,
    PointsTitle,
    Profile,
    Quantity,
    Rule,
    Share,
    ShareRule,
    Title,
    YesNo,
    YesNoRule,
)
from bot.scoring.score import line_of, require_usable, top_level_of
from bot.scoring.tally import Tally
from bot.scoring.titles import place

MOST_REMEMBERED = 100_000
"""Answers and sheets of which the worth is remembered; then everything is forgotten and learned anew."""

Sheet = tuple[Answers, Profile]
"""What one subject has answered, and its facts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What scoring says of a sheet as a whole; equal to what its ScoreSheet says."""

    total: Decimal | Fraction
    title: Title | None
    between: tuple[PointsTitle, PointsTitle] | None
    is_complete: bool


_Column = tuple[
    str,
    type[Answer],
    Callable[[Answer], object],
    dict[object, int],
    int,
    int,
    Callable[[Answer | None], int],
]
"""One indicator that applies.

Its id; the kind of answer that fits; all of such an answer that its worth depends on; {that: number it adds to the
tally} of the answers seen so far; the numbers of no answer and of 'does not apply'; how to work out any other. A plain
tuple, because Python takes those apart much faster than named ones.
"""

_Facts = tuple[int | None, ...]
"""The facts of a subject that the set asks for, None where one is not known."""

_Plan = tuple[Profile, int, tuple[_Column, ...], dict[int, Outcome]]
"""The set as it is for subjects with the same facts: the facts; what the indicators that do not apply add; the others;
{tally: what it leads to} of the sheets seen so far."""


class ScoringTable:
    """A set, worked out for scoring many sheets on one day.

    For subjects whose facts are met again, each answer is judged once and its worth remembered, as is the outcome of
    each sum, so most sheets are a few look-ups and additions; others are scored line by line. Memory stays bounded
    however many sheets there are. Not for several threads at once.

    Raises: CriteriaNotInForce: the set is not in force on `on`. StructureOnly: its points are not known.
    """

    def __init__(self, criteria: CriteriaSet, on: date) -> None:
        require_usable(criteria, on)
        self.criteria = criteria
        self._on = on
        self._top_level = top_level_of(criteria)
        self._tally = Tally(criteria)
        self._facts = sorted(facts_used(criteria))
        self._rows = tuple((c, i) for c in criteria.criteria for i in c.indicators)
        self._met: set[_Facts] = set()
        """Facts met once so far."""
        self._plans: dict[_Facts, _Plan] = {}
        self._remembered = 0

    def outcome(self, answers: Answers, profile: Profile) -> Outcome:
        """Score one sheet; see bot.scoring.score.score()."""
        facts = tuple(map(profile.get, self._facts))
        plan = self._plans.get(facts) or self._plan(facts)
        if plan is None:
            return self._concluded(
                profile, sum(self._number(*row, profile, answers.get(row[1].id)) for row in self._rows)
            )
        _, tally, columns, outcomes = plan
        answer_to = answers.get
        try:
            for indicator, kind, key_of, known, unanswered, waived, work_out in columns:
                answer = answer_to(indicator)
                if type(answer) is kind:
                    tally += known[key_of(answer)]
                elif answer is None:
                    tally += unanswered
                else:
                    tally += waived if type(answer) is NotApplicable else work_out(answer)
        except (KeyError, TypeError):  # an answer not seen before, or one that cannot be a key: a signalling NaN
            tally = self._tallied(plan, answers)
        found = outcomes.get(tally)
        if found is None:
            self._count(1)
            found = outcomes[tally] = self._concluded(profile, tally)
        return found

    def outcomes(self, sheets: Iterable[Sheet]) -> Iterator[Outcome]:
        """Score many sheets, one after another; nothing is kept of them."""
        outcome = self.outcome
        for answers, profile in sheets:
            yield outcome(answers, profile)

    def open_questions(self, answers: Answers, profile: Profile) -> tuple[str, ...]:
        """The indicators that need an answer, or another one, in document order."""
        is_open = self._tally.is_open
        plan = self._plans.get(tuple(map(profile.get, self._facts)))
        if plan is None:
            numbers = ((i.id, self._number(c, i, profile, answers.get(i.id))) for c, i in self._rows)
        else:
            numbers = ((column[0], _number_in(column, answers.get(column[0]))) for column in plan[2])
        return tuple(indicator for indicator, number in numbers if is_open(number))

    def _plan(self, facts: _Facts) -> _Plan | None:
        """Work the set out for such subjects once they are met again: many facts, as of communes, never are."""
        if facts not in self._met:
            self._count(1)
            self._met.add(facts)
            return None
        plan = self._worked_out({f: v for f, v in zip(self._facts, facts, strict=True) if v is not None})
        self._count(len(plan[2]))
        self._plans[facts] = plan
        return plan

    def _worked_out(self, profile: Profile) -> _Plan:
        constant = 0
        columns: list[_Column] = []
        for criterion, indicator in self._rows:
            work_out = partial(self._number, criterion, indicator, profile)
            if is_applicable(indicator, profile):
                kind, key_of = _kind_of(indicator.rule)
                numbers = work_out(None), work_out(NotApplicable())
                columns.append((indicator.id, kind, key_of, {}, *numbers, work_out))
            else:
                constant += work_out(None)
        return profile, constant, tuple(columns), {}

    def _number(self, criterion: Criterion, indicator: Indicator, profile: Profile, answer: Answer | None) -> int:
        return self._tally.of(line_of(criterion, indicator, answer, profile, self._top_level))

    def _tallied(self, plan: _Plan, answers: Answers) -> int:
        """Add a sheet up, and remember what each answer is worth that was not known."""
        _, tally, columns, _ = plan
        for column in columns:
            indicator, kind, key_of, known, *_ = column
            answer = answers.get(indicator)
            number = _number_in(column, answer)
            tally += number
            if type(answer) is kind and not _is_signalling(answer):
                self._count(key_of(answer) not in known)
                known[key_of(answer)] = number
        return tally

    def _concluded(self, profile: Profile, tally: int) -> Outcome:
        total = self._tally.total(tally)
        placing = place(self.criteria, total, profile, lambda title: self._tally.is_clear(tally, title))
        return Outcome(total, placing.title, placing.between, not self._tally.is_open(tally))

    def _count(self, more: int) -> None:
        self._remembered += more
        if self._remembered > MOST_REMEMBERED:
            self._plans.clear()
            self._met.clear()
            self._remembered = more


def _number_in(column: _Column, answer: Answer | None) -> int:
    """What an answer adds, looked up where it is known."""
    _, kind, key_of, known, unanswered, _, work_out = column
    if answer is None:
        return unanswered
    found = known.get(key_of(answer)) if type(answer) is kind and not _is_signalling(answer) else None
    return work_out(answer) if found is None else found


def _is_signalling(answer: Answer) -> bool:
    """Whether it holds a number that cannot be looked up."""
    return isinstance(answer, Quantity) and answer.value.is_snan()


def _kind_of(rule: Rule) -> tuple[type[Answer], Callable[[Answer], object]]:
    """The answers that fit a rule, and what their worth depends on."""
    match rule:
        case YesNoRule():
            return YesNo, attrgetter("value")
        case OneOfRule():
            return Chosen, attrgetter("option")
        case NumberRule() | PointsRule():
            return Quantity, attrgetter("value")
        case ShareRule():
            return Share, attrgetter("part", "whole")
        case DerivedRule():
            return Derived, attrgetter("part", "whole", "override_reason")
