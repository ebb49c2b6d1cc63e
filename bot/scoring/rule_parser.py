"""Read how an indicator is answered and what its answers are worth."""

from __future__ import annotations

from decimal import Decimal

from bot.scoring.facts import FACTS
from bot.scoring.fields import Table
from bot.scoring.judging import NOTHING, has_decimals, rank
from bot.scoring.model import (
    Band,
    Condition,
    DerivedRule,
    NumberRule,
    OneOfRule,
    Option,
    PointsRule,
    Rule,
    ShareRule,
    SubjectKind,
    Worth,
    YesNoRule,
)
from bot.scoring.toml_lines import Path

POINTS, LEVELS = "points", "levels"
_HUNDRED = Decimal(100)
_LOWEST = Decimal(-1_000_000_000)
_MOST_POINTS = Decimal(10_000)
HIGHEST_LEVEL = 9

_RULE_KEYS = {
    "yes_no": ("yes", "no"),
    "one_of": ("options",),
    "number": ("minimum", "maximum", "decimals", "unit", "bands"),
    "share": ("part_label", "whole_label", "whole_fact", "bands"),
    "derived": ("of", "part_label", "whole_label", "whole_fact", "bands"),
    "points": ("decimals",),
}
KINDS = tuple(_RULE_KEYS)


def read_rule(table: Table, judged_by: str | None) -> Rule:
    """Read the rule of an indicator's table.

    Args:
        table: the indicator.
        judged_by: POINTS or LEVELS; None while the file does not decide, then either is read.

    Returns: the rule; when its kind is unknown a stand-in, and 'kind' is no longer sound.
    """
    kind = table.words("kind")
    match kind:
        case "yes_no":
            return YesNoRule(_worth_of(table, "yes", judged_by), _worth_of(table, "no", judged_by))
        case "one_of":
            return _read_one_of(table, judged_by)
        case "number":
            return _read_number(table, judged_by)
        case "share":
            return ShareRule(
                part_label=table.text("part_label"),
                whole_label=table.text("whole_label"),
                bands=_read_bands(table, judged_by, Decimal(0), _HUNDRED),
                whole_fact=_read_fact(table, "whole_fact", is_needed=False) or None,
            )
        case "derived":
            return DerivedRule(
                of=table.choice("of", SubjectKind),
                part_label=table.text("part_label"),
                whole_label=table.text("whole_label"),
                bands=_read_bands(table, judged_by, Decimal(0), _HUNDRED),
                whole_fact=_read_fact(table, "whole_fact", is_needed=False) or None,
            )
        case "points":
            return _read_points(table, judged_by)
        case _:
            return _unknown_kind(table, kind)


def _unknown_kind(table: Table, kind: str) -> Rule:
    """Report a kind nobody knows and let its keys pass, as it is unclear which ones belong."""
    if kind:
        table.report("criteria.unknown_kind", "kind", value=kind, allowed=", ".join(KINDS))
    for keys in _RULE_KEYS.values():
        table.allow(*keys)
    return YesNoRule(NOTHING, NOTHING)


def worths_of(rule: Rule) -> tuple[Worth, ...]:
    """Every worth a rule can give to some subject."""
    match rule:
        case YesNoRule():
            return rule.yes, rule.no
        case OneOfRule():
            return tuple(option.worth for option in rule.options)
        case NumberRule() | ShareRule() | DerivedRule():
            return tuple(band.worth for band in rule.bands)
        case PointsRule():
            return Worth(points=rule.maximum), NOTHING


def read_condition(table: Table, key: str) -> Condition | None:
    """Read a condition on a fact; None when there is none."""
    inside = table.table(key, is_needed=False)
    if inside is None:
        return None
    low = inside.whole("at_least", 0, 10**9, 0) if "at_least" in inside else None
    high = inside.whole("at_most", 0, 10**9, 0) if "at_most" in inside else None
    condition = Condition(_read_fact(inside, "fact"), low, high)
    inside.allow("at_least", "at_most")
    inside.close()
    if low is None and high is None:
        inside.report("criteria.condition_without_bounds", fact=condition.fact)
    elif low is not None and high is not None and low > high:
        inside.report("criteria.condition_never_holds", at_least=low, at_most=high)
    return condition


def _read_fact(table: Table, key: str, *, is_needed: bool = True) -> str:
    fact = table.words(key, is_needed=is_needed)
    if fact and fact not in FACTS:
        table.report("criteria.unknown_fact", key, value=fact, allowed=", ".join(FACTS))
    return fact


def _worth_of(table: Table, key: str, judged_by: str | None) -> Worth:
    inside = table.table(key)
    if inside is None:
        return NOTHING
    worth = _read_worth(inside, judged_by)
    inside.close()
    return worth


def _read_worth(table: Table, judged_by: str | None) -> Worth:
    """Read points or passes_level, whichever the set is judged by; the other one is refused."""
    judged = judged_by or (LEVELS if "passes_level" in table else POINTS)
    if judged == POINTS:
        refuse_other_judging(table, "passes_level", judged)
        return Worth(points=table.number("points", high=_MOST_POINTS))
    refuse_other_judging(table, "points", judged)
    return Worth(passes_level=table.whole("passes_level", 0, HIGHEST_LEVEL))


def refuse_other_judging(table: Table, key: str, judged_by: str) -> None:
    """Report a key that belongs to the other way of judging."""
    if key in table:
        table.allow(key)
        other = LEVELS if judged_by == POINTS else POINTS
        table.report("criteria.mixed_judging", key, key=key, judged=judged_by, other=other)


def _read_one_of(table: Table, judged_by: str | None) -> OneOfRule:
    options: list[Option] = []
    first_paths: dict[str, Path] = {}
    for inside in table.tables("options"):
        option = Option(inside.identifier(), inside.text("label"), _read_worth(inside, judged_by))
        inside.close()
        report_repeated(inside, option.id, first_paths)
        options.append(option)
    if options and not 2 <= len(options) <= 6:
        table.report("criteria.option_count", "options", count=len(options))
    return OneOfRule(tuple(options))


def report_repeated(table: Table, identifier: str, first_paths: dict[str, Path]) -> None:
    """Report an id that another table has already; remember it otherwise."""
    if not identifier:
        return
    if identifier in first_paths:
        first = table.reading.line_of(first_paths[identifier])
        table.report("criteria.repeated_id", "id", value=identifier, first=first)
    else:
        first_paths[identifier] = table.at("id")


def _read_points(table: Table, judged_by: str | None) -> PointsRule:
    """Read points that are given outright; the maximum is the indicator's own."""
    if judged_by == LEVELS:
        table.report("criteria.mixed_judging", "kind", key="kind", judged=LEVELS, other=POINTS)
    maximum = table.number("max_points", high=_MOST_POINTS) if judged_by == POINTS else Decimal(0)
    decimals = table.whole("decimals", 0, 2, 0)
    if not has_decimals(maximum, decimals):
        table.report("criteria.too_many_decimals", "max_points", key="max_points", value=maximum, decimals=decimals)
    return PointsRule(maximum, decimals)


def _read_number(table: Table, judged_by: str | None) -> NumberRule:
    minimum, maximum = table.number("minimum", low=_LOWEST), table.number("maximum", low=_LOWEST)
    decimals = table.whole("decimals", 0, 6, 0)
    if table.reading.is_sound(table.at("minimum"), table.at("maximum")) and minimum > maximum:
        table.report("criteria.minimum_above_maximum", "minimum", minimum=minimum, maximum=maximum)
    bands = _read_bands(table, judged_by, minimum, maximum, decimals)
    for key, value in (("minimum", minimum), ("maximum", maximum)):
        if not has_decimals(value, decimals):
            table.report("criteria.too_many_decimals", key, key=key, value=value, decimals=decimals)
    return NumberRule(minimum, maximum, bands, table.text("unit"), decimals)


def _read_bands(
    table: Table, judged_by: str | None, start: Decimal, largest: Decimal, decimals: int | None = None
) -> tuple[Band, ...]:
    """Read bands and check that every answer from `start` to `largest` falls into one, and each is reached by some."""
    tables = table.tables("bands")
    bands: list[Band] = []
    for inside in tables:
        at_least = inside.number("at_least", low=_LOWEST if decimals is not None else Decimal(0))
        bands.append(Band(at_least, _read_worth(inside, judged_by), read_condition(inside, "when")))
        inside.close()
        if decimals is not None and not has_decimals(at_least, decimals):
            inside.report("criteria.too_many_decimals", "at_least", key="at_least", value=at_least, decimals=decimals)
    if not bands:
        return ()
    reading = table.reading
    if not reading.is_sound(table.at("minimum"), table.at("maximum"), *(t.at("at_least") for t in tables)):
        return tuple(bands)
    if bands[0].at_least > start or bands[0].when is not None:
        tables[0].report("criteria.first_band", "at_least", at_least=bands[0].at_least, start=start)
    for n, (inside, band) in enumerate(zip(tables, bands, strict=True)):
        is_hidden = any(b.at_least <= start and b.when is None for b in bands[n + 1 :])
        if band.at_least > largest or is_hidden:
            inside.report("criteria.band_outside", "at_least", at_least=band.at_least, start=start, largest=largest)
    _check_order(tables, bands)
    return tuple(bands)


def _check_order(tables: tuple[Table, ...], bands: list[Band]) -> None:
    for n in range(1, len(bands)):
        band, before = bands[n], bands[n - 1]
        is_variant = band.at_least == before.at_least and band.when not in (None, before.when)
        if band.at_least <= before.at_least and not is_variant:
            tables[n].report("criteria.bands_not_ascending", "at_least", at_least=band.at_least, before=before.at_least)
            return
    plain_ranks = [rank(band.worth) for band in bands if band.when is None]
    if plain_ranks != sorted(plain_ranks):
        return  # more is not better here, so a later band may well be worth less
    for n, band in enumerate(bands):
        if band.when is None:
            _check_overruled(tables, bands, n)


def _check_overruled(tables: tuple[Table, ...], bands: list[Band], n: int) -> None:
    """Report band `n` if it takes subjects with a condition out of a better band of theirs."""
    for earlier in bands[:n]:
        if earlier.when is None or rank(earlier.worth) <= rank(bands[n].worth):
            continue
        same_limit = (b for b in bands[n + 1 :] if b.at_least == bands[n].at_least)
        if not any(b.when == earlier.when for b in same_limit):
            tables[n].report(
                "criteria.band_overruled",
                fact=earlier.when.fact,
                before=earlier.at_least,
                at_least=bands[n].at_least,
            )
            return
