"""Write a criteria set as the TOML its parser reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import assert_never

from bot.scoring.fields import plain
from bot.scoring.model import (
    Band,
    Condition,
    CriteriaSet,
    Criterion,
    DerivedRule,
    Indicator,
    LevelTitle,
    NumberRule,
    OneOfRule,
    Option,
    PointsRule,
    PointsTitle,
    Rule,
    ShareRule,
    Text,
    Title,
    Worth,
    YesNoRule,
)

_Pairs = Iterator[tuple[str, object]]


def dump(criteria: CriteriaSet) -> str:
    """Write a set; parsing the result gives an equal one. What is empty or as if left out is left out."""
    lines = [*_lines(_set_pairs(criteria))]
    for title in criteria.titles:
        lines += ["", "[[titles]]", *_lines(_title_pairs(title))]
    for criterion in criteria.criteria:
        lines += ["", "[[criteria]]", *_lines(_criterion_pairs(criterion))]
        for indicator in criterion.indicators:
            lines += ["", "[[criteria.indicators]]", *_lines(_indicator_pairs(indicator))]
    return "\n".join(lines) + "\n"


def _set_pairs(criteria: CriteriaSet) -> _Pairs:
    yield "id", criteria.id
    yield "version", criteria.version
    yield "subject", criteria.subject
    yield "group", criteria.group
    yield "title", criteria.title
    yield "issuing_document", criteria.issuing_document
    yield "standing", criteria.standing
    yield "valid_from", criteria.valid_from
    yield "valid_until", criteria.valid_until
    yield "structure_only", criteria.is_structure_only or None
    yield "max_total", criteria.max_total if criteria.is_by_points and not criteria.is_structure_only else None
    yield "not_reached", criteria.not_reached
    yield "note", criteria.note
    yield "retired_ids", criteria.retired_ids or None


def _title_pairs(title: Title) -> _Pairs:
    yield "id", title.id
    yield "name", title.name
    match title:
        case PointsTitle():
            yield "min_total", title.min_total
            yield "up_to", title.up_to
            yield "min_per_indicator", title.min_per_indicator
            yield "no_zero_indicator", title.no_zero_indicator or None
            yield "no_zero_criterion", title.no_zero_criterion or None
        case LevelTitle():
            yield "level", title.level
        case _:
            assert_never(title)
    yield "article", title.article
    yield "when", title.when


def _criterion_pairs(criterion: Criterion) -> _Pairs:
    yield "id", criterion.id
    yield "title", criterion.title
    yield "max_points", criterion.max_points
    yield "provenance", criterion.provenance


def _indicator_pairs(indicator: Indicator) -> _Pairs:
    yield "id", indicator.id
    yield "short", indicator.short
    yield "question", indicator.question
    yield "why", indicator.why
    yield "example", indicator.example
    yield "article", indicator.article
    yield "provenance", indicator.provenance
    yield "checked_on", indicator.checked_on
    yield "max_points", indicator.max_points
    yield from _rule_pairs(indicator.rule)
    yield "applies_when", indicator.applies_when
    yield "not_applicable", indicator.not_applicable
    yield "not_applicable_because", indicator.not_applicable_because
    yield "evidence", indicator.evidence


def _rule_pairs(rule: Rule) -> _Pairs:
    match rule:
        case YesNoRule():
            yield from (("kind", "yes_no"), ("yes", rule.yes), ("no", rule.no))
        case OneOfRule():
            yield from (("kind", "one_of"), ("options", rule.options))
        case NumberRule():
            yield from (("kind", "number"), ("minimum", rule.minimum), ("maximum", rule.maximum))
            yield from (("decimals", rule.decimals), ("unit", rule.unit), ("bands", rule.bands))
        case ShareRule():
            yield from (("kind", "share"), ("part_label", rule.part_label), ("whole_label", rule.whole_label))
            yield from (("whole_fact", rule.whole_fact), ("bands", rule.bands))
        case DerivedRule():
            yield from (("kind", "derived"), ("of", rule.of), ("part_label", rule.part_label))
            yield from (("whole_label", rule.whole_label), ("whole_fact", rule.whole_fact), ("bands", rule.bands))
        case PointsRule():
            yield from (("kind", "points"), ("decimals", rule.decimals or None))
        case _:
            assert_never(rule)


def _lines(pairs: _Pairs) -> Iterator[str]:
    for key, value in pairs:
        match value:
            case None:
                continue
            case Text(vi, en):
                yield f"{key}.vi = {_string(vi)}"
                if en is not None:
                    yield f"{key}.en = {_string(en)}"
            case tuple():
                yield f"{key} = ["
                yield from (f"    {_inline(item)}," for item in value)
                yield "]"
            case _:
                yield f"{key} = {_inline(value)}"


def _inline(value: object) -> str:
    match value:
        case StrEnum():
            return _string(value.value)
        case bool():
            return "true" if value else "false"
        case str():
            return _string(value)
        case date():
            return value.isoformat()
        case Text(vi, en):
            return _inline_table((("vi", vi), ("en", en)))
        case Worth():
            return _inline_table(_worth_pairs(value))
        case Condition(fact, at_least, at_most):
            return _inline_table((("fact", fact), ("at_least", at_least), ("at_most", at_most)))
        case Band(at_least, worth, when):
            return _inline_table((("at_least", at_least), *_worth_pairs(worth), ("when", when)))
        case Option(identifier, label, worth):
            return _inline_table((("id", identifier), ("label", label), *_worth_pairs(worth)))
        case _:
            return plain(value)


def _worth_pairs(worth: Worth) -> tuple[tuple[str, object], ...]:
    return ("points", worth.points), ("passes_level", worth.passes_level)


def _inline_table(pairs: tuple[tuple[str, object], ...]) -> str:
    return "{ " + ", ".join(f"{key} = {_inline(value)}" for key, value in pairs if value is not None) + " }"


def _string(value: str) -> str:
    """A basic string; control characters are escaped, all else stands as it is."""
    escaped = "".join(
        f"\\{char}" if char in '"\\' else f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char
        for char in value
    )
    return f'"{escaped}"'
