"""Two sides answer the same question: nothing of either is ever overwritten by the other."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogs.village.facts import Side
from bot.scoring.model import Answer, Derived


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and which side gave it."""

    answer: Answer
    side: Side


@dataclass(frozen=True, slots=True)
class Settled:
    """What stands for a question once another answer was given."""

    standing: Given
    other: Given | None = None
    """A second answer, by the other side than the standing one; it waits for the reviewer."""


def settle(standing: Given | None, other: Given | None, new: Given, over: Answer | None = None) -> Settled:
    """Say what becomes of the answers to a question when one more is given.

    A side overwrites its own answer. The other side's answer stays: an equal one changes nothing and ends a difference,
    a differing one is kept beside it. A share that was accepted from the records is nobody's opinion, so a newer count
    takes the place of an older one, whoever saw it.

    Args:
        standing: what is recorded; None: nothing is.
        other: the open difference.
        over: an answer that no longer fits the rules or what was told: it gives way, whoever gave it.
    """
    if standing is None or (over is not None and standing.answer == over):
        return Settled(new, _differing(other, new))
    if standing.side is new.side:
        return Settled(new, _differing(other, new))
    if _is_counted(standing.answer) and _is_counted(new.answer):
        return Settled(Given(new.answer, standing.side), other)
    if standing.answer == new.answer:
        return Settled(standing)
    return Settled(standing, new)


def _differing(other: Given | None, standing: Given) -> Given | None:
    """The difference that is left beside an answer; none where both say the same, or one side says both."""
    if other is None or other.side is standing.side or other.answer == standing.answer:
        return None
    return other


def _is_counted(answer: Answer) -> bool:
    return isinstance(answer, Derived) and answer.override_reason is None
