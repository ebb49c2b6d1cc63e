"""What registration asks about a subject, so that its set knows which questions apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.scoring.applicability import holds
from bot.scoring.facts import facts_used
from bot.scoring.model import Condition, CriteriaSet, SubjectKind


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """One question of the registration; its texts are 'fact.<id>', 'fact.<id>.hint' and, counted, 'fact.<id>.done'.

    Either a count between bounds, or options that each tell some facts.
    """

    id: str
    facts: tuple[str, ...]
    lowest: int = 0
    highest: int = 0
    keypad: tuple[int, int] | None = None
    """The numbers that can be tapped."""
    options: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """{id of an option, in the order of the screen: what it tells}; its text is 'fact.<id>.<option>'."""
    when: Condition | None = None
    """Asked only where this holds of what was told before."""


def _count(
    fact: str,
    lowest: int,
    highest: int,
    keypad: tuple[int, int] | None = None,
    when: Condition | None = None,
) -> FactQuestion:
    return FactQuestion(fact, (fact,), lowest, highest, keypad, when=when)


def _choice(identifier: str, options: Mapping[str, Mapping[str, int]], when: Condition | None = None) -> FactQuestion:
    facts = tuple(dict.fromkeys(fact for told in options.values() for fact in told))
    return FactQuestion(identifier, facts, options=MappingProxyType(options), when=when)


QUESTIONS: tuple[FactQuestion, ...] = (
    _count("adults", 1, 30, (1, 6)),
    _count("school_age_children", 0, 20, (0, 5)),
    _choice(
        "unit_type",
        {
            "agency": {"public_agency": 1},
            "public_school": {"public_agency": 1, "educational_institution": 1},
            "private_school": {"educational_institution": 1},
            "business": {"economic_organisation": 1},
            "other": {},
        },
    ),
    _choice(
        "school_type",
        {
            "kindergarten": {"public_kindergarten": 1},
            "general": {"general_school": 1},
            "upper_secondary": {"general_school": 1, "upper_secondary_school": 1, "assesses_learners": 1},
            "vocational": {"vocational_school": 1, "assesses_learners": 1},
            "university": {"university": 1, "assesses_learners": 1},
            "other": {"assesses_learners": 1},
        },
        Condition("educational_institution", at_least=1),
    ),
    _count("members", 1, 1_000_000),
    _count("learners", 1, 1_000_000, when=Condition("assesses_learners", at_least=1)),
    _count("households", 1, 1_000_000),
    _count("clans", 0, 10_000),
    _count("communes", 1, 10_000),
    _count("districts", 1, 1_000),
    _count("citizens", 1, 100_000_000),
)
"""In the order in which they are asked."""

_OF_EVERY_HOUSEHOLD = frozenset({"adults", "school_age_children"})
"""Told even where the set of today does not ask for them: the set of tomorrow may."""

_OWN_WORDS = frozenset({("members", SubjectKind.CLAN), ("households", SubjectKind.CLAN)})
"""What is asked in other words of some kind of subject: texts 'fact.<id>.<kind>' and so on."""

_BY_ID = {question.id: question for question in QUESTIONS}


def question(question_id: str) -> FactQuestion | None:
    """Find a question by its id."""
    return _BY_ID.get(question_id)


def wording(of: FactQuestion, kind: SubjectKind) -> str:
    """The code of a question's text for a kind of subject; with '.hint' and '.done' behind it, of what goes with it."""
    return f"fact.{of.id}.{kind}" if (of.id, kind) in _OWN_WORDS else f"fact.{of.id}"


def asked(criteria: CriteriaSet, told: Mapping[str, int]) -> tuple[FactQuestion, ...]:
    """The questions that a set wants of a subject, as far as they can be known from what was told."""
    wanted = facts_used(criteria)
    if criteria.subject is SubjectKind.HOUSEHOLD:
        wanted |= _OF_EVERY_HOUSEHOLD
    for each in reversed(QUESTIONS):
        if each.when is not None and wanted & set(each.facts):
            wanted |= {each.when.fact}
    return tuple(q for q in QUESTIONS if wanted & set(q.facts) and holds(q.when, told))


def following(criteria: CriteriaSet, told: Mapping[str, int], after: str | None) -> FactQuestion | None:
    """The question after another one, or the first; None after the last."""
    order = asked(criteria, told)
    ids = [q.id for q in order]
    at = ids.index(after) + 1 if after in ids else 0
    return order[at] if at < len(order) else None


def missing(criteria: CriteriaSet, told: Mapping[str, int]) -> FactQuestion | None:
    """The first question that nobody has answered yet, as of a line of an imported roll; None where all is told."""
    return next((q for q in asked(criteria, told) if not any(fact in told for fact in q.facts)), None)


def before(criteria: CriteriaSet, told: Mapping[str, int], question_id: str) -> FactQuestion | None:
    """The question before another one; None before the first."""
    order = asked(criteria, told)
    at = next((n for n, q in enumerate(order) if q.id == question_id), 0)
    return order[at - 1] if at else None


def said(told: Mapping[str, int], of: FactQuestion) -> str | int | None:
    """What was told: the number, or the id of the option; None when nothing was."""
    if not of.options:
        return told.get(of.facts[0])
    kept = {fact: told[fact] for fact in of.facts if fact in told}
    fitting = (option for option in of.options if kept == dict.fromkeys(of.facts, 0) | dict(of.options[option]))
    return next(fitting, None)


def telling(told: Mapping[str, int], of: FactQuestion, answer: str | int) -> Mapping[str, int]:
    """What is told once a question is answered with a number or the id of an option."""
    kept = {fact: value for fact, value in told.items() if fact not in of.facts}
    if isinstance(answer, int):
        return kept | {of.facts[0]: answer}
    return kept | dict.fromkeys(of.facts, 0) | dict(of.options[answer])


def completed(criteria: CriteriaSet, told: Mapping[str, int]) -> Mapping[str, int]:
    """What was told, with 'no' for every kind of unit that was ruled out by not being asked about.

    What belongs to a question that is no longer asked is forgotten: a business has no type of school.
    """
    order = asked(criteria, told)
    known = {fact for question in order for fact in question.facts}
    chosen = {fact for question in QUESTIONS if question.options for fact in question.facts}
    kept = {fact: value for fact, value in told.items() if fact in known}
    if not kept.get("public_agency") and "public_kindergarten" in kept:
        kept["public_kindergarten"] = 0
    return {**dict.fromkeys(sorted(facts_used(criteria) & chosen), 0), **kept}
