"""What the rooms are told of the village's review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialogs.facts import AssessmentState
from bot.dialogs.places import Place
from bot.dialogs.village.facts import OpenDifference, SaidAnswer, Side
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.dialogs.village.review_facts import ReviewedSheet, ReviewLine, ReviewList, Sample, Signal
from bot.dialogs.village.signals import Given, LookedAt, signals_of
from bot.ports.village.reviews import GivenAnswer, SheetRow
from bot.scoring.model import CriteriaSet, SubjectKind
from bot.services.village.asker import Asker

_DRAWABLE = (AssessmentState.HANDED_IN, AssessmentState.CONFIRMED)


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load what is wanted of it."""
    if wanted.review is not None:
        place = await asker.place(wanted.review)
        if place is not None:
            sample = await asker.work.reviews.sample(place.id, asker.year)
            facts = replace(facts, review=_listed(await _look(asker, place), sample))
    if wanted.reviewed is not None:
        facts = replace(facts, reviewed=await _reviewed(asker, wanted.reviewed))
    if wanted.meeting is not None:
        place = await asker.place(wanted.meeting)
        if place is not None:
            facts = replace(facts, meeting=await asker.work.reviews.meeting(place.id, asker.year))
    return facts


@dataclass(frozen=True, slots=True)
class _Look:
    """All sheets of a hamlet that were handed in this year."""

    place: Place
    year: int
    rows: tuple[SheetRow, ...]
    lines: Mapping[int, ReviewLine]

    @property
    def waiting(self) -> tuple[ReviewLine, ...]:
        """Those that the village has not confirmed, in order."""
        rows = (row for row in self.rows if row.state is AssessmentState.HANDED_IN)
        return tuple(self.lines[row.assessment_id] for row in rows)


async def _look(asker: Asker, place: Place) -> _Look:
    """Read the sheets of a hamlet that the asker holds, with what is worth a look among them."""
    rows = await asker.work.reviews.sheets(place.id, asker.year, asker.today)
    answers = await asker.work.reviews.answers([row.assessment_id for row in rows])
    signals = _signals(asker, place, rows, answers)
    lines = {
        row.assessment_id: line(row, asker.book.get(row.set_id, row.set_version), signals.get(row.assessment_id, ()))
        for row in rows
    }
    return _Look(place, asker.year, rows, lines)


def _signals(
    asker: Asker, place: Place, rows: Sequence[SheetRow], answers: Mapping[int, Mapping[str, GivenAnswer]]
) -> Mapping[int, tuple[Signal, ...]]:
    """Only sheets of one kind stand in a row with each other."""
    found: dict[int, tuple[Signal, ...]] = {}
    for kind in dict.fromkeys(row.kind for row in rows):
        sheets = [
            LookedAt(
                row.assessment_id,
                asker.book.get(row.set_id, row.set_version),
                {**row.told, "difficult_area": int(place.is_difficult_area)},
                {
                    indicator: Given(each.answer, each.side, each.person_id, each.channel, each.at)
                    for indicator, each in answers.get(row.assessment_id, {}).items()
                },
                is_waiting=row.state is AssessmentState.HANDED_IN,
            )
            for row in rows
            if row.kind is kind
        ]
        found |= signals_of(sheets)
    return found


def line(row: SheetRow, criteria: CriteriaSet, signals: tuple[Signal, ...] = ()) -> ReviewLine:
    """Say what is stored of a sheet as the reviewer reads it."""
    return ReviewLine(
        assessment_id=row.assessment_id,
        subject_id=row.subject_id,
        kind=row.kind,
        group=row.group,
        name=row.name,
        set_id=row.set_id,
        set_version=row.set_version,
        title_id=row.title_id,
        total=row.total,
        handed_in_at=row.handed_in_at,
        is_changed=row.state is AssessmentState.HANDED_IN and row.returned_at is not None,
        differences=row.differences,
        signals=signals,
        is_sampled=row.is_sampled,
        state=row.state,
        number=row.number,
        is_complete=row.is_complete,
        title=next((title.name for title in criteria.titles if title.id == row.title_id), None),
        not_reached=criteria.not_reached,
    )


def _listed(look: _Look, sample: Sample | None) -> ReviewList:
    rows = look.rows
    drawn = (row for row in rows if row.is_sampled and row.state in _DRAWABLE)
    return ReviewList(
        lines=look.waiting,
        sample=sample,
        place_id=look.place.id,
        place=look.place.name,
        year=look.year,
        drawn=tuple(look.lines[row.assessment_id] for row in drawn),
        eligible=sum(row.kind is SubjectKind.HOUSEHOLD and row.state in _DRAWABLE for row in rows),
        confirmed=sum(row.state is AssessmentState.CONFIRMED for row in rows),
    )


async def _reviewed(asker: Asker, assessment_id: int) -> ReviewedSheet | None:
    """One sheet with everything about it; None where it is none of the asker's places."""
    row = await asker.work.reviews.sheet(assessment_id)
    place = await asker.place(row.place_id) if row is not None else None
    if row is None or place is None:
        return None
    reviews = asker.work.reviews
    look = await _look(asker, place)
    criteria = asker.book.get(row.set_id, row.set_version)
    answers = (await reviews.answers([assessment_id])).get(assessment_id, {})
    said = {indicator: _said(each, row.name, place.name) for indicator, each in answers.items()}
    second = await reviews.differences(assessment_id)
    waiting = [each.assessment_id for each in look.waiting]
    at = waiting.index(assessment_id) if assessment_id in waiting else -1
    others = waiting[at + 1 :] + waiting[: max(at, 0)]
    return ReviewedSheet(
        line=look.lines.get(assessment_id) or line(row, criteria),
        place_id=place.id,
        told=row.told,
        is_difficult_area=place.is_difficult_area,
        year=row.year,
        state=row.state,
        answers=said,
        differences=tuple(
            OpenDifference(i.id, said[i.id], _said(second[i.id], row.name, place.name))
            for i in criteria.indicators
            if i.id in second and i.id in said
        ),
        evidence=await reviews.evidence(assessment_id),
        returned=await reviews.returns(assessment_id),
        changed=frozenset(
            i for i, each in answers.items() if row.returned_at is not None and each.at > row.returned_at
        ),
        criteria=criteria,
        place=place.name,
        following=others[0] if others else 0,
    )


def _said(given: GivenAnswer, name: str, place: str) -> SaidAnswer:
    person = name if given.side is Side.SUBJECT else place
    return SaidAnswer(given.answer, given.side, person, given.channel, given.at)
