"""Which answers still fit when the rules change under somebody who is answering."""

from __future__ import annotations

from dataclasses import dataclass

from bot.scoring.applicability import is_applicable
from bot.scoring.judging import fits
from bot.scoring.model import Answers, CriteriaSet, Profile


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What becomes of each answer, by the id of its indicator."""

    kept: tuple[str, ...]
    """Still fitting, in the order of the new document."""
    to_ask_again: tuple[str, ...]
    """Of indicators that are still asked, but answered otherwise now (a retired option, another kind); as above."""
    dropped: tuple[str, ...]
    """Of indicators that are no longer there, or that do not apply and no longer fit; by id."""

    @property
    def is_everything_kept(self) -> bool:
        """Whether nobody notices."""
        return not self.to_ask_again and not self.dropped


def carry_over(answers: Answers, criteria: CriteriaSet, profile: Profile) -> CarriedOver:
    """Sort the answers given under an old set by what a new one makes of them.

    An id is permanent, so an answer belongs to the indicator of the same id, wherever it stands now. An answer to an
    indicator that does not apply to the subject stays if it fits: it counts for nothing until the facts change.

    Args:
        answers: {indicator id: Answer} under the old set.
        criteria: the new set.
        profile: facts of the subject, as far as they are known.
    """
    kept: list[str] = []
    again: list[str] = []
    for indicator in criteria.indicators:
        answer = answers.get(indicator.id)
        if answer is None:
            continue
        if fits(indicator, answer, profile):
            kept.append(indicator.id)
        elif is_applicable(indicator, profile):
            again.append(indicator.id)
    return CarriedOver(tuple(kept), tuple(again), tuple(sorted(answers.keys() - {*kept, *again})))
