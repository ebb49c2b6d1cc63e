"""Going over to another sheet of one's own."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.effects import TakeUp
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Step
from bot.dialogs.registering import edited
from bot.dialogs.session import Session, Summary


def take_up(session: Session, facts: Facts, assessment_id: int) -> Step:
    """Work on a sheet from now on; the service shows it, as only then it is loaded."""
    led = replace(edited(session), node=Summary(), postponed=(), sheet_of=0, revision=session.revision + 1)
    return Step(led, (TakeUp(assessment_id),), facts)
