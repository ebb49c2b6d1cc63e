"""Check that the parts of a set fit together: ids, sums, titles, standing, dates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.scoring.fields import Reading, plain
from bot.scoring.judging import rank
from bot.scoring.model import (
    CriteriaSet,
    Criterion,
    Indicator,
    LevelTitle,
    PointsTitle,
    Provenance,
    Standing,
    Title,
)
from bot.scoring.rule_parser import worths_of
from bot.scoring.toml_lines import Path


def check_consistency(criteria: CriteriaSet, max_total: Decimal | None, reading: Reading) -> None:
    """Report what does not fit together, leaving out values that were already found wrong.

    Args:
        criteria: the set as far as it could be read; wrong values are stand-ins.
        max_total: the declared maximum; None in a set judged by levels.
        reading: where things stand; takes the problems.
    """
    _check_ids(criteria, reading)
    if max_total is not None:
        _check_sums(criteria, max_total, reading)
    _check_titles(criteria, reading)
    if criteria.standing is Standing.OFFICIAL and reading.is_sound(("standing",)):
        _check_official(criteria, reading)
    until = criteria.valid_until
    if until is not None and reading.is_sound(("valid_from",), ("valid_until",)) and until < criteria.valid_from:
        params = {"until": until, "from": criteria.valid_from}
        reading.report("criteria.validity_reversed", ("valid_until",), **params)


def _placed_criteria(criteria: CriteriaSet) -> Iterator[tuple[Path, Criterion]]:
    for n, criterion in enumerate(criteria.criteria):
        yield ("criteria", n), criterion


def _placed_indicators(criteria: CriteriaSet) -> Iterator[tuple[Path, Indicator]]:
    for path, criterion in _placed_criteria(criteria):
        for n, indicator in enumerate(criterion.indicators):
            yield (*path, "indicators", n), indicator


def _placed_titles(criteria: CriteriaSet) -> Iterator[tuple[Path, Title]]:
    for n, title in enumerate(criteria.titles):
        yield ("titles", n), title


def _check_ids(criteria: CriteriaSet, reading: Reading) -> None:
    indicators = [(path, indicator.id) for path, indicator in _placed_indicators(criteria)]
    _check_unique([(path, criterion.id) for path, criterion in _placed_criteria(criteria)], reading)
    _check_unique(indicators, reading)
    _check_unique([(path, title.id) for path, title in _placed_titles(criteria)], reading)
    for path, identifier in indicators:
        if identifier in criteria.retired_ids:
            first = reading.line_of(("retired_ids", criteria.retired_ids.index(identifier)))
            reading.report("criteria.retired_id", (*path, "id"), value=identifier, first=first)


def _check_unique(placed: list[tuple[Path, str]], reading: Reading) -> None:
    first: dict[str, Path] = {}
    for path, identifier in placed:
        place = (*path, "id")
        if identifier and first.setdefault(identifier, place) != place:
            line = reading.line_of(first[identifier])
            reading.report("criteria.repeated_id", place, value=identifier, first=line)


def _check_sums(criteria: CriteriaSet, max_total: Decimal, reading: Reading) -> None:
    criteria_places = [(*path, "max_points") for path, _ in _placed_criteria(criteria)]
    can_add_up = reading.is_sound(("max_total",), ("criteria",), *criteria_places)
    for path, criterion in _placed_criteria(criteria):
        parts = [indicator.max_points or Decimal(0) for indicator in criterion.indicators]
        places = [(*path, "indicators", n, "max_points") for n in range(len(parts))]
        place = (*path, "max_points")
        if not reading.is_sound(place, (*path, "indicators"), *places):
            continue
        if sum(parts) != criterion.max_points:
            _report_sum("criteria.criterion_sum", place, criterion.max_points or Decimal(0), parts, reading)
    parts = [criterion.max_points or Decimal(0) for criterion in criteria.criteria]
    if can_add_up and sum(parts) != max_total:
        _report_sum("criteria.total_sum", ("max_total",), max_total, parts, reading)


def _report_sum(code: str, place: Path, declared: Decimal, parts: list[Decimal], reading: Reading) -> None:
    total = sum(parts, Decimal(0))
    reading.report(code, place, declared=declared, sum=total, parts=" + ".join(plain(part) for part in parts))


def _check_titles(criteria: CriteriaSet, reading: Reading) -> None:
    for n, (path, title) in enumerate(_placed_titles(criteria)):
        if isinstance(title, LevelTitle):
            _check_level(path, title, criteria, reading)
        else:
            _check_minimums(path, title, criteria, reading)
            _check_gap(n, title, criteria, reading)
        places = [(*p, key) for p, _ in _placed_titles(criteria) for key in ("min_total", "level", "when")]
        if not reading.is_sound(*places):
            continue
        before = next((t for t in criteria.titles[:n] if _is_reached_with(t, title)), None)
        if before is not None:
            reading.report("criteria.title_never_given", (*path, "id"), before=before.id)


def _check_level(path: Path, title: LevelTitle, criteria: CriteriaSet, reading: Reading) -> None:
    for place, indicator in _placed_indicators(criteria):
        if not reading.is_sound((*path, "level"), (*place, "kind")):
            continue
        best = max((rank(worth) for worth in worths_of(indicator.rule)), default=Decimal(0))
        if best < title.level:
            reading.report("criteria.level_unreachable", (*path, "level"), indicator=indicator.id, level=title.level)
            return


def _check_minimums(path: Path, title: PointsTitle, criteria: CriteriaSet, reading: Reading) -> None:
    placed = list(_placed_indicators(criteria))
    maxima = [(*place, "max_points") for place, _ in placed]
    if not placed or not reading.is_sound(("criteria",), *maxima):
        return
    if reading.is_sound((*path, "min_total")) and title.min_total > criteria.max_total:
        reading.report(
            "criteria.title_above_maximum",
            (*path, "min_total"),
            min_total=title.min_total,
            maximum=criteria.max_total,
        )
    minimum = title.min_per_indicator
    for _, indicator in placed:
        most = indicator.max_points or Decimal(0)
        if minimum is not None and minimum > most:
            reading.report(
                "criteria.minimum_above_indicator",
                (*path, "min_per_indicator"),
                minimum=minimum,
                indicator=indicator.id,
                maximum=most,
            )
            return


def _check_gap(n: int, title: PointsTitle, criteria: CriteriaSet, reading: Reading) -> None:
    """Report a highest total that leaves no gap: it lies below the title's own minimum or in a better title."""
    place = ("titles", n, "up_to")
    if title.up_to is None or not reading.is_sound(place, ("titles", n, "min_total")):
        return
    if title.up_to < title.min_total:
        reading.report("criteria.up_to_below_minimum", place, up_to=title.up_to, min_total=title.min_total)
        return
    for at in range(n - 1, -1, -1):
        better = criteria.titles[at]
        if not isinstance(better, PointsTitle) or better.min_total <= title.min_total:
            continue
        if not reading.is_sound(("titles", at, "min_total")):
            return
        if title.up_to >= better.min_total:
            params = {"up_to": title.up_to, "better": better.id, "min_total": better.min_total}
            reading.report("criteria.up_to_in_better_title", place, **params)
            return
        if better.when in (None, title.when):
            return  # whoever may get this title may get that one, so no title further up is ever the next


def _is_reached_with(earlier: Title, title: Title) -> bool:
    """Whether whoever reaches `title` reaches `earlier` too, which is given first then."""
    if earlier.when is not None and earlier.when != title.when:
        return False
    if isinstance(earlier, PointsTitle) and isinstance(title, PointsTitle):
        zeros = (earlier.no_zero_indicator, earlier.no_zero_criterion)
        allowed = (title.no_zero_indicator, title.no_zero_criterion)
        return (
            earlier.min_total <= title.min_total
            and (earlier.min_per_indicator or 0) <= (title.min_per_indicator or 0)
            and all(mine <= theirs for mine, theirs in zip(zeros, allowed, strict=True))
        )
    if isinstance(earlier, LevelTitle) and isinstance(title, LevelTitle):
        return earlier.level <= title.level
    return False


def _check_official(criteria: CriteriaSet, reading: Reading) -> None:
    placed: list[tuple[Path, Criterion | Indicator]] = [
        *_placed_criteria(criteria),
        *_placed_indicators(criteria),
    ]
    for path, part in placed:
        if part.provenance is not Provenance.VERBATIM and reading.is_sound((*path, "provenance")):
            reading.report("criteria.official_not_verbatim", (*path, "provenance"), provenance=part.provenance)
        if isinstance(part, Indicator) and part.checked_on is None and reading.is_sound((*path, "checked_on")):
            reading.report("criteria.official_not_checked", (*path, "checked_on"))
