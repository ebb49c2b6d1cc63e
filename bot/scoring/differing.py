"""What is different in a new set: everything that a reader of the old one has to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.scoring.changes import CHANGES_NO_RESULT, Aspect, Change, Spot
from bot.scoring.model import CriteriaSet, Criterion, Indicator, LevelTitle, PointsTitle, Title, WhenNotApplicable
from bot.scoring.rule_differences import rule_changes


@dataclass(frozen=True, slots=True)
class SetDifference:
    """Every difference, in the order of the new document; what is gone stands behind what is there."""

    changes: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both sets say the same."""
        return not self.changes

    @property
    def changes_results(self) -> bool:
        """Whether any sheet may come out otherwise."""
        return any(change.aspect not in CHANGES_NO_RESULT for change in self.changes)

    def of(self, *aspects: Aspect) -> tuple[Change, ...]:
        """The differences of some kinds."""
        return tuple(change for change in self.changes if change.aspect in aspects)


def difference(old: CriteriaSet, new: CriteriaSet) -> SetDifference:
    """Compare two sets part by part; criteria, indicators, titles and options are the same where their ids are.

    What belongs to the decision that adopts a set is left out: its id, version, document, standing and dates, and the
    list of retired ids.
    """
    return SetDifference(
        (
            *_set_changes(old, new),
            *_title_changes(old, new),
            *_criteria_changes(old, new),
        )
    )


# --- the set as a whole ----------------------------------------------------------------------------------------------


def _set_changes(old: CriteriaSet, new: CriteriaSet) -> Iterator[Change]:
    spot = Spot()
    if (old.subject, old.group) != (new.subject, new.group):
        yield spot.change(Aspect.JUDGING, "subject")
    yield from spot.switch(
        Aspect.JUDGING, old=old.is_by_points, new=new.is_by_points, on="judged_by_points", off="judged_by_levels"
    )
    yield from spot.switch(
        Aspect.JUDGING, old=old.is_structure_only, new=new.is_structure_only, on="structure_only", off="points_known"
    )
    yield from spot.shift(Aspect.JUDGING, "total", _total(old), _total(new))
    if (old.title, old.not_reached, old.note) != (new.title, new.not_reached, new.note):
        yield spot.change(Aspect.WORDING, "set_wording")


def _total(criteria: CriteriaSet) -> Decimal | None:
    return criteria.max_total if criteria.is_by_points and not criteria.is_structure_only else None


# --- titles ----------------------------------------------------------------------------------------------------------


def _title_changes(old: CriteriaSet, new: CriteriaSet) -> Iterator[Change]:
    before, after = {t.id: t for t in old.titles}, {t.id: t for t in new.titles}
    for title in new.titles:
        spot = Spot(title.name, title=title.id)
        was = before.get(title.id)
        if was is None or isinstance(was, LevelTitle) is not isinstance(title, LevelTitle):
            yield _title_added(spot, title)
        else:
            yield from _title_changed(spot, was, title)
    for title in old.titles:
        still = after.get(title.id)
        if still is None or isinstance(still, LevelTitle) is not isinstance(title, LevelTitle):
            yield Spot(title.name, title=title.id).change(Aspect.TITLE, "title_removed")
    if _reordered([t.id for t in old.titles], [t.id for t in new.titles]):
        yield Spot().change(Aspect.TITLE, "title_order")


def _title_added(spot: Spot, title: Title) -> Change:
    if isinstance(title, LevelTitle):
        return spot.change(Aspect.TITLE, "title_added_by_level", level=title.level)
    return spot.change(Aspect.TITLE, "title_added", min_total=title.min_total)


def _title_changed(spot: Spot, old: Title, new: Title) -> Iterator[Change]:
    if isinstance(old, LevelTitle) and isinstance(new, LevelTitle):
        yield from spot.shift(Aspect.TITLE, "title_level", old.level, new.level)
    if isinstance(old, PointsTitle) and isinstance(new, PointsTitle):
        yield from _points_title_changed(spot, old, new)
    if old.when != new.when:
        yield spot.change(Aspect.TITLE, "title_condition")
    if old.name != new.name:
        yield spot.change(Aspect.WORDING, "title_name", old=old.name)
    if old.article != new.article:
        yield spot.change(Aspect.SOURCE, "source")


def _points_title_changed(spot: Spot, old: PointsTitle, new: PointsTitle) -> Iterator[Change]:
    yield from spot.shift(Aspect.TITLE, "title_minimum", old.min_total, new.min_total)
    yield from spot.shift(Aspect.TITLE, "title_up_to", old.up_to, new.up_to)
    yield from spot.shift(Aspect.TITLE, "title_min_per_indicator", old.min_per_indicator, new.min_per_indicator)
    yield from spot.switch(
        Aspect.TITLE,
        old=old.no_zero_indicator,
        new=new.no_zero_indicator,
        on="title_no_zero_indicator",
        off="title_zero_indicator_allowed",
    )
    yield from spot.switch(
        Aspect.TITLE,
        old=old.no_zero_criterion,
        new=new.no_zero_criterion,
        on="title_no_zero_criterion",
        off="title_zero_criterion_allowed",
    )


# --- criteria and indicators -----------------------------------------------------------------------------------------


def _criteria_changes(old: CriteriaSet, new: CriteriaSet) -> Iterator[Change]:
    before = {c.id: c for c in old.criteria}
    owners = {i.id: (c, i) for c in old.criteria for i in c.indicators}
    still_there = {i.id for i in new.indicators}
    for criterion in new.criteria:
        was = before.pop(criterion.id, None)
        spot = Spot(criterion.title, criterion.id)
        yield from _criterion_changed(spot, was, criterion)
        for indicator in criterion.indicators:
            owner = owners.get(indicator.id)
            inside = Spot(indicator.short, criterion.id, indicator.id)
            if owner is None:
                yield from _indicator_came(inside, indicator)
                continue
            if owner[0].id != criterion.id:
                yield inside.change(Aspect.MOVED, "indicator_moved", criterion=criterion.title)
            yield from _indicator_changed(inside, owner[1], indicator)
        if was is not None:
            yield from _indicators_gone(was, still_there)
    for criterion in before.values():
        yield Spot(criterion.title, criterion.id).change(Aspect.REMOVED, "criterion_removed")
        yield from _indicators_gone(criterion, still_there)
    if _reordered([c.id for c in old.criteria], [c.id for c in new.criteria]):
        yield Spot().change(Aspect.ORDER, "criteria_order")


def _criterion_changed(spot: Spot, old: Criterion | None, new: Criterion) -> Iterator[Change]:
    if old is None:
        yield spot.change(Aspect.ADDED, "criterion_added")
        return
    yield from spot.shift(Aspect.POINTS, "points", old.max_points, new.max_points)
    if old.title != new.title:
        yield spot.change(Aspect.WORDING, "wording")
    if old.provenance != new.provenance:
        yield spot.change(Aspect.SOURCE, "source")
    if _reordered([i.id for i in old.indicators], [i.id for i in new.indicators]):
        yield spot.change(Aspect.ORDER, "indicators_order")


def _indicators_gone(criterion: Criterion, still_there: set[str]) -> Iterator[Change]:
    for indicator in criterion.indicators:
        if indicator.id not in still_there:
            spot = Spot(indicator.short, criterion.id, indicator.id)
            if indicator.max_points is None:
                yield spot.change(Aspect.REMOVED, "indicator_removed")
            else:
                yield spot.change(Aspect.REMOVED, "indicator_removed_points", points=indicator.max_points)


def _indicator_came(spot: Spot, indicator: Indicator) -> Iterator[Change]:
    if indicator.max_points is None:
        yield spot.change(Aspect.ADDED, "indicator_added")
    else:
        yield spot.change(Aspect.ADDED, "indicator_added_points", points=indicator.max_points)


def _indicator_changed(spot: Spot, old: Indicator, new: Indicator) -> Iterator[Change]:
    yield from spot.shift(Aspect.POINTS, "points", old.max_points, new.max_points)
    yield from rule_changes(spot, old.rule, new.rule)
    yield from _condition_changed(spot, old, new)
    yield from spot.switch(
        Aspect.EVIDENCE,
        old=old.evidence is not None,
        new=new.evidence is not None,
        on="evidence_wanted",
        off="evidence_dropped",
    )
    if old.article != new.article:
        yield spot.change(Aspect.SOURCE, "article", old=old.article, new=new.article)
    if (old.provenance, old.checked_on) != (new.provenance, new.checked_on):
        yield spot.change(Aspect.SOURCE, "source")
    if _texts(old) != _texts(new) or _is_reworded(old, new):
        yield spot.change(Aspect.WORDING, "wording")


def _condition_changed(spot: Spot, old: Indicator, new: Indicator) -> Iterator[Change]:
    if old.applies_when != new.applies_when:
        if old.applies_when is None:
            yield spot.change(Aspect.CONDITION, "condition_set")
        elif new.applies_when is None:
            yield spot.change(Aspect.CONDITION, "condition_dropped")
        else:
            yield spot.change(Aspect.CONDITION, "condition")
    yield from spot.switch(
        Aspect.CONDITION,
        old=old.not_applicable is WhenNotApplicable.EXCLUDED,
        new=new.not_applicable is WhenNotApplicable.EXCLUDED,
        on="not_applicable_excluded",
        off="not_applicable_full",
    )


def _texts(indicator: Indicator) -> tuple[object, ...]:
    return indicator.question, indicator.why, indicator.example, indicator.short


def _is_reworded(old: Indicator, new: Indicator) -> bool:
    """Whether a text changed that need not be there; one that came or went counts where nothing else says so."""
    if old.not_applicable_because != new.not_applicable_because:
        return True
    return old.evidence is not None and new.evidence is not None and old.evidence != new.evidence


def _reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether what is in both stands in another order."""
    return [each for each in old if each in new] != [each for each in new if each in old]
