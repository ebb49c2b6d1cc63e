"""Read a criteria file: a set, or every problem it has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal

from bot.scoring.consistency import check_consistency
from bot.scoring.fields import Places, Reading, Table
from bot.scoring.model import (
    CriteriaSet,
    Criterion,
    Indicator,
    LevelTitle,
    PointsTitle,
    Provenance,
    Standing,
    SubjectKind,
    Title,
    WhenNotApplicable,
)
from bot.scoring.problem import Problem
from bot.scoring.rule_parser import (
    HIGHEST_LEVEL,
    LEVELS,
    POINTS,
    read_condition,
    read_rule,
    refuse_other_judging,
    worths_of,
)
from bot.scoring.toml_lines import LineIndex

_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_MOST_POINTS = Decimal(10_000)


def parse(source: str | bytes, name: str) -> CriteriaSet | tuple[Problem, ...]:
    """Read one criteria set.

    Args:
        source: the TOML text; bytes must be UTF-8. A byte order mark is passed over.
        name: what problems call the file, such as 'gia_dinh.toml'.

    Returns: the set, or all problems in the order of their lines.
    """
    try:
        text = source.decode("utf-8") if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return (Problem("criteria.not_utf8", name, line, "", {"detail": error.reason}),)
    text = text.removeprefix("\ufeff")
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        return (_syntax_problem(text, name, error),)
    return parse_data(data, name, LineIndex(text))


def parse_data(data: Mapping[str, object], name: str, places: Places) -> CriteriaSet | tuple[Problem, ...]:
    """Read one criteria set from values that were read already, as tomllib gives them; numbers are int or Decimal.

    Args:
        places: where each value stands in what it was read from.

    Returns: the set, or all problems in the order of their places.
    """
    reading = Reading(name, places)
    criteria = _read_set(Table(reading, data, ()))
    if reading.problems:
        return tuple(sorted(reading.problems, key=lambda problem: problem.line))
    return criteria


def _syntax_problem(source: str, name: str, error: Exception) -> Problem:
    detail = str(error) or "nested too deeply"
    found = _AT_LINE.search(detail)
    line = int(found[1]) if found else source.rstrip().count("\n") + 1
    return Problem("criteria.toml_syntax", name, line, "", {"detail": _AT_LINE.sub("", detail)})


def _read_set(table: Table) -> CriteriaSet:
    title_tables = table.tables("titles")
    judged_by = _judged_by(title_tables) or (POINTS if "max_total" in table else None)
    is_structure_only = table.flag("structure_only")
    max_total = None if is_structure_only else _read_maximum(table, "max_total", judged_by)
    criteria = CriteriaSet(
        id=table.identifier(),
        version=table.words("version"),
        subject=table.choice("subject", SubjectKind),
        title=table.text("title"),
        issuing_document=table.words("issuing_document"),
        standing=table.choice("standing", Standing),
        valid_from=table.day("valid_from"),
        valid_until=table.day_or_none("valid_until"),
        criteria=tuple(
            _read_structure(inside) if is_structure_only else _read_criterion(inside, judged_by)
            for inside in table.tables("criteria")
        ),
        titles=tuple(_read_title(inside, judged_by) for inside in title_tables),
        not_reached=table.text("not_reached"),
        group=table.identifier("group") if "group" in table else None,
        is_structure_only=is_structure_only,
        note=table.text_or_none("note"),
        retired_ids=table.all_words("retired_ids"),
    )
    table.allow("group")
    table.close()
    check_consistency(criteria, max_total, table.reading)
    return criteria


def _judged_by(titles: tuple[Table, ...]) -> str | None:
    """How the set is judged, by its first title that says so; None when none does."""
    for title in titles:
        if "level" in title:
            return LEVELS
        if "min_total" in title:
            return POINTS
    return None


def _read_title(table: Table, judged_by: str | None) -> Title:
    identifier, name = table.identifier(), table.text("name")
    article = table.words("article", is_needed=False) or None
    when = read_condition(table, "when")
    title: Title
    if judged_by == LEVELS:
        for key in ("min_total", "up_to", "min_per_indicator", "no_zero_indicator", "no_zero_criterion"):
            refuse_other_judging(table, key, LEVELS)
        title = LevelTitle(identifier, name, table.whole("level", 1, HIGHEST_LEVEL), article, when)
    else:
        refuse_other_judging(table, "level", POINTS)
        minimum = table.number("min_per_indicator", high=_MOST_POINTS) if "min_per_indicator" in table else None
        title = PointsTitle(
            id=identifier,
            name=name,
            min_total=table.number("min_total", high=_MOST_POINTS),
            up_to=table.number("up_to", high=_MOST_POINTS) if "up_to" in table else None,
            min_per_indicator=minimum,
            no_zero_indicator=table.flag("no_zero_indicator"),
            no_zero_criterion=table.flag("no_zero_criterion"),
            article=article,
            when=when,
        )
        table.allow("up_to", "min_per_indicator")
    table.close()
    return title


def _read_criterion(table: Table, judged_by: str | None) -> Criterion:
    criterion = Criterion(
        id=table.identifier(),
        title=table.text("title"),
        indicators=tuple(_read_indicator(inside, judged_by) for inside in table.tables("indicators")),
        max_points=_read_maximum(table, "max_points", judged_by),
        provenance=table.choice("provenance", Provenance, Provenance.OWN_SAMPLE),
    )
    table.close()
    return criterion


def _read_structure(table: Table) -> Criterion:
    """Read a criterion of which only the title is known, and perhaps the points."""
    criterion = Criterion(
        id=table.identifier(),
        title=table.text("title"),
        indicators=(),
        max_points=table.number("max_points", high=_MOST_POINTS) if "max_points" in table else None,
        provenance=table.choice("provenance", Provenance, Provenance.OWN_SAMPLE),
    )
    table.allow("max_points")
    table.close()
    return criterion


def _read_maximum(table: Table, key: str, judged_by: str | None) -> Decimal | None:
    if judged_by == POINTS:
        return table.number(key, high=_MOST_POINTS)
    if judged_by == LEVELS:
        refuse_other_judging(table, key, LEVELS)
    table.allow(key)
    return None


def _read_indicator(table: Table, judged_by: str | None) -> Indicator:
    found_before = len(table.reading.problems)
    rule = read_rule(table, judged_by)
    is_rule_sound = len(table.reading.problems) == found_before
    indicator = Indicator(
        id=table.identifier(),
        question=table.text("question"),
        why=table.text("why"),
        example=table.text("example"),
        short=table.text("short"),
        article=table.words("article"),
        provenance=table.choice("provenance", Provenance),
        rule=rule,
        max_points=_read_maximum(table, "max_points", judged_by),
        applies_when=read_condition(table, "applies_when"),
        not_applicable=table.choice("not_applicable", WhenNotApplicable, WhenNotApplicable.FULL_POINTS),
        not_applicable_because=table.text_or_none("not_applicable_because"),
        evidence=table.text_or_none("evidence"),
        checked_on=table.day_or_none("checked_on"),
    )
    table.close()
    if not is_rule_sound:
        table.reading.distrust(table.at("kind"))
    elif judged_by == POINTS and table.reading.is_sound(table.at("max_points")):
        best = max((worth.points for worth in worths_of(rule) if worth.points is not None), default=Decimal(0))
        if best != indicator.max_points:
            table.report("criteria.best_answer", "max_points", best=best, declared=indicator.max_points)
    if indicator.applies_when is not None and "not_applicable_because" not in table:
        table.report("criteria.because_missing", "applies_when")
    return indicator
