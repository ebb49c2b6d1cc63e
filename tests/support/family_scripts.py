"""What a simulated family is and says: seeded choices, and the score they imply."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from bot.scoring.applicability import applicable
from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Indicator,
    NotApplicable,
    NumberRule,
    OneOfRule,
    Profile,
    Quantity,
    Share,
    ShareRule,
    YesNo,
    YesNoRule,
)
from bot.scoring.score import score
from bot.scoring.sheet import ScoreSheet

HAMLETS: Final = ("Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3")
"""The hamlets of a fresh installation."""


@dataclass(frozen=True)
class Script:
    """What a family is and what it says."""

    number: int
    name: str
    place: str
    adults: int
    children: int
    answers: Mapping[str, Answer]
    """{indicator: what it answers when asked}."""
    corrections: Mapping[str, Answer]
    """{indicator: what it changes it to before handing in}."""
    postpones: frozenset[str]
    criteria: CriteriaSet

    @property
    def profile(self) -> Profile:
        """The facts by which questions apply."""
        return {"adults": self.adults, "school_age_children": self.children}

    @property
    def final(self) -> Mapping[str, Answer]:
        """What must stand on its sheet in the end."""
        return {**self.answers, **self.corrections}

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """Its questions, in order."""
        return applicable(self.criteria, self.profile)

    def given(self, indicator: str) -> tuple[Answer, ...]:
        """Every value it ever gives for a question, in order."""
        changed = (self.corrections[indicator],) if indicator in self.corrections else ()
        return (self.answers[indicator], *changed)

    def sheet(self, on: date) -> ScoreSheet:
        """The score that the script implies, computed from nothing but the script."""
        return score(self.criteria, self.final, self.profile, on)


def write_scripts(count: int, criteria: CriteriaSet, seed: int) -> tuple[Script, ...]:
    """Write the scripts of so many families."""
    chance = random.Random(seed)
    return tuple(_script(number, criteria, chance) for number in range(1, count + 1))


def _script(number: int, criteria: CriteriaSet, chance: random.Random) -> Script:
    adults, children = chance.randint(1, 6), chance.choice((0, 0, 1, 1, 2, 3, 5))
    profile = {"adults": adults, "school_age_children": children}
    asked = applicable(criteria, profile)
    answers = {i.id: _answer(i, profile, chance) for i in asked}
    corrections: dict[str, Answer] = {}
    for indicator in chance.sample(asked, chance.choice((0, 0, 0, 1, 2))):
        changed = _answer(indicator, profile, chance)
        if changed != answers[indicator.id]:
            corrections[indicator.id] = changed
    name = f"{chance.choice(('Bà', 'Ông', 'Cô', 'Nhà'))} {chance.choice(('Mận', 'Sáu Lúa', 'Kpă Hờ', 'Ksor'))} {number}"
    postpones = frozenset(i.id for i in asked if chance.random() < 0.04)
    return Script(number, name, chance.choice(HAMLETS), adults, children, answers, corrections, postpones, criteria)


def _answer(indicator: Indicator, profile: Profile, chance: random.Random) -> Answer:
    match indicator.rule:
        case YesNoRule():
            return YesNo(chance.random() < 0.5)
        case OneOfRule(options):
            return Chosen(chance.choice(options).id)
        case NumberRule() as rule:
            top = int(min(rule.maximum, rule.minimum + chance.choice((3, 12, 300))))
            return Quantity(Decimal(chance.randint(int(rule.minimum), top)))
        case ShareRule() as rule:
            whole = profile[rule.whole_fact] if rule.whole_fact is not None else chance.randint(0, 5)
            return Share(chance.randint(0, whole), whole) if whole else NotApplicable()
        case _:
            raise AssertionError(f"a family cannot answer {indicator.id}")
