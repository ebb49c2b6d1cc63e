"""What comes of a workbook that an officer sent in, without the workbook: what is wrong, or the difference it makes."""

from __future__ import annotations

from bot.dialogs.facts import (
    Proposal,
    ProposalState,
)
from bot.dialogs.places import Place
from bot.dialogs.screens import say
from bot.dialogs.verdict import worded
from bot.scoring.differing import difference
from bot.scoring.model import CriteriaSet

UPLOAD = 1
READING = Proposal(UPLOAD, ProposalState.READING)
REFUSED = Proposal(UPLOAD, ProposalState.REFUSED, problems=(say("adopt.not_your_place"),))
UNSOUND = Proposal(
    UPLOAD,
    ProposalState.UNSOUND,
    problems=tuple(
        say("adopt.problem", text=f"Trang “{n}”, ô D5: tổng điểm của các chỉ tiêu phải là 30.") for n in range(1, 10)
    ),
    problem_count=9,
)
TRIED = (
    say("adopt.tried_count", count=112),
    say("adopt.tried_gaining", count=4),
    say("adopt.tried_losing", count=9),
    say("adopt.tried_losing_until_answered", count=7),
    say("adopt.tried_needing", count=112),
)


def sound(old: CriteriaSet, new: CriteriaSet, place: Place) -> Proposal:
    """The proposal of a set for a place, with its difference from the one in force there."""
    changes = tuple(say("adopt.change", text=worded(change.reason)) for change in difference(old, new).changes)
    return Proposal(
        UPLOAD,
        ProposalState.SOUND,
        place,
        new.title,
        new.subject,
        new.group,
        changes=changes,
        tried=TRIED,
    )
