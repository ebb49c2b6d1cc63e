"""What one answer for many households would do: to whom it is recorded, who changes, who is left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogs.village.effects import AnswerForMany
from bot.dialogs.village.facts import BulkLine, BulkRoll, Side
from bot.scoring.applicability import is_applicable
from bot.scoring.judging import fits
from bot.scoring.model import Answer, DerivedRule, Indicator, Profile, Share, ShareRule

Lines = tuple[BulkLine, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Every household of the roll once, by what the answer means for it."""

    new: Lines = ()
    """It has no answer yet, or one that no longer fits."""
    changed: Lines = ()
    """The village head said something else before."""
    differing: Lines = ()
    """Someone of the household said something else; that stays, and both are shown to the reviewer."""
    same: Lines = ()
    """It stands there already."""
    excepted: Lines = ()
    locked: Lines = ()
    """Handed in or further on."""
    unasked: Lines = ()
    """The question does not apply."""
    unfit: Lines = ()
    """The answer cannot be theirs, or how many they have is not on the roll."""
    effects: tuple[AnswerForMany, ...] = ()

    @property
    def recorded(self) -> int:
        """For how many households something is recorded."""
        return len(self.new) + len(self.changed) + len(self.differing)

    @property
    def meant(self) -> int:
        """How many households the answer is for."""
        return self.recorded + len(self.same)


def questions(roll: BulkRoll) -> tuple[tuple[int, Indicator], ...]:
    """The questions that can be asked for many, numbered as on a whole sheet; what is computed is no question."""
    indicators = roll.criteria.indicators if roll.criteria is not None else ()
    return tuple((n, each) for n, each in enumerate(indicators, 1) if not isinstance(each.rule, DerivedRule))


def question(roll: BulkRoll, indicator_id: str) -> tuple[int, Indicator] | None:
    """One of them."""
    return next((each for each in questions(roll) if each[1].id == indicator_id), None)


def is_of_own(indicator: Indicator) -> bool:
    """Whether how many there are is on the roll, another number for each household."""
    return isinstance(indicator.rule, ShareRule) and indicator.rule.whole_fact is not None


def planned(roll: BulkRoll, indicator: Indicator, answer: Answer, excepted: Sequence[int], *, of_own: bool) -> Plan:
    """Say what an answer does to each household."""
    sorted_out: defaultdict[str, list[BulkLine]] = defaultdict(list)
    said: defaultdict[tuple[Answer, Answer | None], list[int]] = defaultdict(list)
    left_out = frozenset(excepted)
    for line in roll.lines:
        profile = {**line.told, "difficult_area": int(roll.is_difficult_area)}
        value = _own(indicator, answer, profile) if of_own else answer
        what, over = _what(line, indicator, value, profile)
        if line.subject_id in left_out and what in _MEANT:
            what = "excepted"
        sorted_out[what].append(line)
        if what in _RECORDED and value is not None:
            said[value, over].append(line.subject_id)
    effects = tuple(
        AnswerForMany(roll.place_id, indicator.id, value, tuple(ids), over) for (value, over), ids in said.items()
    )
    return Plan(**{what: tuple(lines) for what, lines in sorted_out.items()}, effects=effects)


_RECORDED = ("new", "changed", "differing")
_MEANT = (*_RECORDED, "same")


def _own(indicator: Indicator, answer: Answer, profile: Profile) -> Answer | None:
    """All or nobody of as many as this household has."""
    rule = indicator.rule
    if not isinstance(rule, ShareRule) or rule.whole_fact is None or not isinstance(answer, Share):
        return answer
    whole = profile.get(rule.whole_fact, 0)
    return Share(whole if answer.part else 0, whole) if whole else None


def _what(line: BulkLine, indicator: Indicator, value: Answer | None, profile: Profile) -> tuple[str, Answer | None]:
    """Which of the plan's lists a household belongs to, and the standing answer that gives way."""
    if not line.has_question or not is_applicable(indicator, profile):
        return "unasked", None
    if not line.is_open:
        return "locked", None
    if value is None or not fits(indicator, value, profile):
        return "unfit", None
    if line.standing is None:
        return "new", None
    if not fits(indicator, line.standing, profile):
        return "new", line.standing
    if line.standing == value:
        return ("same" if line.other is None or line.side is Side.HEAD else "changed"), None
    if line.side is Side.HEAD:
        return "changed", None
    if line.other is None:
        return "differing", None
    return ("same" if line.other == value else "changed"), None
