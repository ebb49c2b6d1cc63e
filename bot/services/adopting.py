"""Putting a proposed set in force: its id, version, standing and validity are ours; the rest is the officer's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.dialogs.effects import AdoptCriteria
from bot.dialogs.facts import Proposal
from bot.dialogs.places import Place
from bot.ports import NewAdoption
from bot.scoring.dump import dump
from bot.scoring.model import CriteriaSet, Standing, Text
from bot.scoring.shipped import read_shipped
from bot.services.rules import Rulebook

LONGEST_ID = 40
_OF_A_PLACE = re.compile(r"_p\d+$")
_SAMPLE_MARKS = re.compile(r"\s*\((?:phiếu mẫu|sample sheet)\)", re.IGNORECASE)


def own_id(base_id: str, place: Place) -> str:
    """The id of a place's own set, made from the id of the set that it was edited from."""
    ending = f"_p{place.id}"
    return _OF_A_PLACE.sub("", base_id)[: LONGEST_ID - len(ending)] + ending


def proposed(criteria: CriteriaSet, base: CriteriaSet, place: Place) -> CriteriaSet:
    """What an officer proposes for a place: only what is asked of people and how it is judged is theirs to say.

    A note that says of the base that it is a sample, or cannot be scored by, is true no more.
    """
    is_outgrown = criteria.note == base.note and (base.standing is Standing.SAMPLE or base.is_structure_only)
    return replace(
        criteria,
        id=own_id(base.id, place),
        version="1",
        standing=Standing.LOCAL,
        title=_unmarked(criteria.title),
        note=None if is_outgrown else criteria.note,
        is_structure_only=False,
    )


def new_adoption(rulebook: Rulebook, of: CriteriaSet, place: Place, effect: AdoptCriteria) -> NewAdoption:
    """Make the adoption of a proposed set by a place: the next version of that place's own set.

    Raises: BrokenCriteria: it would not be sound; nobody under it could be served.
    """
    decided_on = effect.decided_on.strftime("%d/%m/%Y")
    adopted = replace(
        of,
        version=str(rulebook.versions(of.id) + 1),
        issuing_document=f"Quyết định số {effect.decision_number} ngày {decided_on} ({place.name})",
        valid_from=effect.valid_from,
        valid_until=effect.valid_until,
    )
    text = dump(adopted)
    read_shipped(f"{adopted.id} {adopted.version}", text.encode())
    return NewAdoption(
        set_id=adopted.id,
        version=adopted.version,
        kind=adopted.subject,
        group=adopted.group,
        place_id=place.id,
        valid_from=effect.valid_from,
        valid_until=effect.valid_until,
        decision_number=effect.decision_number,
        decided_on=effect.decided_on,
        text=text,
    )


def against(rulebook: Rulebook, proposal: Proposal, today: date) -> str:
    """A sign of what a sound proposal stands against: it changes when other rules come into force there."""
    if proposal.kind is None or proposal.place is None:
        return ""
    on = proposal.valid_until if proposal.is_past and proposal.valid_until is not None else today
    return rulebook.standing(proposal.kind, proposal.group, proposal.place.path, on)


def _unmarked(title: Text) -> Text:
    """A title without 'sample sheet': adopted, it is one no more."""
    english = None if title.en is None else _SAMPLE_MARKS.sub("", title.en)
    return Text(_SAMPLE_MARKS.sub("", title.vi), english)
