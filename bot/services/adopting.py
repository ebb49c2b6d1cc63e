"""Putting a proposed set in force: its id, version, standing and validity are ours; the rest is the officer's."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogs.effects import AdoptCriteria
from bot.dialogs.facts import Place
from bot.ports import NewAdoption
from bot.scoring.dump import dump
from bot.scoring.model import CriteriaSet, Standing, Text
from bot.services.rules import Rulebook

_OF_A_PLACE = re.compile(r"_p\d+$")
_SAMPLE_MARKS = re.compile(r"\s*\((?:phiếu mẫu|sample sheet)\)", re.IGNORECASE)


def new_adoption(rulebook: Rulebook, proposed: CriteriaSet, place: Place, effect: AdoptCriteria) -> NewAdoption:
    """Make the adoption of a set by a place: the next version of that place's own set, standing 'local'."""
    set_id = f"{_OF_A_PLACE.sub('', proposed.id)}_p{place.id}"
    decided_on = effect.decided_on.strftime("%d/%m/%Y")
    adopted = replace(
        proposed,
        id=set_id,
        version=str(rulebook.versions(set_id) + 1),
        standing=Standing.LOCAL,
        title=_unmarked(proposed.title),
        issuing_document=f"Quyết định số {effect.decision_number} ngày {decided_on} ({place.name})",
        valid_from=effect.valid_from,
        valid_until=effect.valid_until,
        is_structure_only=False,
    )
    return NewAdoption(
        set_id=set_id,
        version=adopted.version,
        kind=adopted.subject,
        group=adopted.group,
        place_id=place.id,
        valid_from=effect.valid_from,
        valid_until=effect.valid_until,
        decision_number=effect.decision_number,
        decided_on=effect.decided_on,
        text=dump(adopted),
    )


def _unmarked(title: Text) -> Text:
    """A title without 'sample sheet': adopted, it is one no more."""
    english = None if title.en is None else _SAMPLE_MARKS.sub("", title.en)
    return Text(_SAMPLE_MARKS.sub("", title.vi), english)
