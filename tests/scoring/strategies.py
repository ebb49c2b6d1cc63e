"""Any sound criteria set, and any answers to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from unicodedata import normalize

from hypothesis import strategies as st

from bot.scoring.model import (
    Answer,
    Band,
    Chosen,
    Condition,
    CriteriaSet,
    Criterion,
    Derived,
    DerivedRule,
    Indicator,
    LevelTitle,
    NotApplicable,
    NumberRule,
    OneOfRule,
    Option,
    PointsRule,
    PointsTitle,
    Profile,
    Provenance,
    Quantity,
    Rule,
    Share,
    ShareRule,
    Standing,
    SubjectKind,
    Text,
    Title,
    WhenNotApplicable,
    Worth,
    YesNo,
    YesNoRule,
)
from bot.scoring.rule_parser import worths_of

ON = date(2026, 11, 20)
FACTS = ("adults", "school_age_children", "difficult_area")
DIFFICULT = Condition("difficult_area", at_least=1)

_letters = st.text(st.sampled_from("aăâ đêơưằộ ỹ\"'\\\n\t\x7f#=[]{}.,%") | st.characters(codec="utf-8"), max_size=12)
_any_words = _letters.map(lambda text: normalize("NFC", text).strip()).filter(bool)
_any_texts = st.builds(Text, _any_words, st.none() | _any_words)
_one_word = st.just("chữ")
_one_text = st.just(Text("Chữ", "Text"))


class Wording(NamedTuple):
    """Where the texts of a set come from; scoring does not read them, so it is tested with plain ones."""

    words: st.SearchStrategy[str]
    texts: st.SearchStrategy[Text]


PLAIN = Wording(_one_word, _one_text)
ANY = Wording(_any_words, _any_texts)

profiles = st.fixed_dictionaries({}, optional={fact: st.integers(0, 4) for fact in FACTS})
_amounts = st.integers(0, 40).map(lambda halves: Decimal(halves) / 2)


@st.composite
def _worths(draw: st.DrawFn, count: int, top_level: int | None) -> list[Worth]:
    """`count` worths; in a levels set one of them passes the top level."""
    if top_level is None:
        return [Worth(points=draw(_amounts)) for _ in range(count)]
    levels = [draw(st.integers(0, top_level)) for _ in range(count)]
    levels[draw(st.integers(0, count - 1))] = top_level
    return [Worth(passes_level=level) for level in levels]


@st.composite
def _bands(draw: st.DrawFn, start: int, end: int, top_level: int | None) -> tuple[Band, ...]:
    limits = [start, *sorted(draw(st.sets(st.integers(start + 1, end), max_size=4)))]
    worths = draw(_worths(len(limits), top_level))
    bands = [Band(Decimal(limit), worth) for limit, worth in zip(limits, worths, strict=True)]
    ranks = [(worth.points or 0, worth.passes_level or 0) for worth in worths]
    if len(bands) > 1 and ranks == sorted(ranks) and draw(st.booleans()):
        # as the circulars do it: difficult areas get the next band's worth earlier
        at = draw(st.integers(0, len(bands) - 2))
        bands.insert(at + 1, Band(bands[at].at_least, bands[at + 1].worth, DIFFICULT))
    return tuple(bands)


@st.composite
def _rules(draw: st.DrawFn, top_level: int | None, wording: Wording) -> Rule:
    kinds = ["yes_no", "one_of", "number", "share", "derived"]
    kind = draw(st.sampled_from(kinds if top_level is not None else [*kinds, "points"]))
    if kind == "points":
        return PointsRule(draw(_amounts), 1)
    if kind == "yes_no":
        yes, no = draw(_worths(2, top_level))
        return YesNoRule(yes, no)
    if kind == "one_of":
        worths = draw(_worths(draw(st.integers(2, 6)), top_level))
        return OneOfRule(tuple(Option(f"o{n}", draw(wording.texts), worth) for n, worth in enumerate(worths)))
    if kind == "number":
        low = draw(st.integers(-3, 3))
        high = low + draw(st.integers(1, 12))
        bands = draw(_bands(low, high, top_level))
        return NumberRule(Decimal(low), Decimal(high), bands, draw(wording.texts), draw(st.integers(0, 1)))
    bands = draw(_bands(0, 100, top_level))
    if kind == "share":
        fact = draw(st.none() | st.sampled_from(FACTS[:2]))
        return ShareRule(draw(wording.texts), draw(wording.texts), bands, fact)
    return DerivedRule(draw(st.sampled_from(SubjectKind)), draw(wording.texts), draw(wording.texts), bands)


@st.composite
def _indicators(draw: st.DrawFn, number: int, top_level: int | None, wording: Wording) -> Indicator:
    rule = draw(_rules(top_level, wording))
    condition = draw(st.none() | st.builds(Condition, st.sampled_from(FACTS), st.integers(0, 3), st.none()))
    most = max((worth.points or Decimal(0) for worth in worths_of(rule)), default=Decimal(0))
    return Indicator(
        id=f"i{number}",
        question=draw(wording.texts),
        why=draw(wording.texts),
        example=draw(wording.texts),
        short=draw(wording.texts),
        article=draw(wording.words),
        provenance=draw(st.sampled_from(Provenance)),
        rule=rule,
        max_points=most if top_level is None else None,
        applies_when=condition,
        not_applicable=draw(st.sampled_from(WhenNotApplicable)),
        not_applicable_because=draw(wording.texts if condition else st.none() | wording.texts),
        evidence=draw(st.none() | wording.texts),
        checked_on=draw(st.none() | st.dates()),
    )


@st.composite
def _titles(
    draw: st.DrawFn, criteria: tuple[Criterion, ...], top_level: int | None, wording: Wording
) -> tuple[Title, ...]:
    if top_level is not None:
        levels = sorted(draw(st.sets(st.integers(1, top_level), min_size=1)) | {top_level}, reverse=True)
        return tuple(LevelTitle(f"t{level}", _numbered(draw(wording.texts), level), level) for level in levels)
    maxima = [i.max_points or Decimal(0) for criterion in criteria for i in criterion.indicators]
    halves = st.integers(0, int(sum(maxima, Decimal(0)) * 2))
    minimums = sorted(draw(st.sets(halves, min_size=1, max_size=3)), reverse=True)
    least = st.integers(0, int(min(maxima, default=Decimal(0)) * 2)).map(lambda n: Decimal(n) / 2)
    return tuple(
        PointsTitle(
            id=f"t{minimum}",
            name=_numbered(draw(wording.texts), minimum),
            min_total=Decimal(minimum) / 2,
            up_to=draw(_up_to(minimum, better)),
            min_per_indicator=draw(st.none() | least),
            no_zero_indicator=draw(st.booleans()),
            no_zero_criterion=draw(st.booleans()),
            article=draw(st.none() | wording.words),
            when=draw(st.none() | st.just(DIFFICULT)),
        )
        for minimum, better in zip(minimums, [None, *minimums], strict=False)
    )


def _numbered(name: Text, number: int) -> Text:
    """A name no other title has: titles of one name are one title."""
    return replace(name, vi=f"{name.vi} {number}")


def _up_to(minimum: int, better: int | None) -> st.SearchStrategy[Decimal | None]:
    """Nothing mostly, else a highest total below the better title; all in halves of points."""
    highest = minimum + 8 if better is None else better - 1
    return st.none() | st.integers(minimum, highest).map(lambda halves: Decimal(halves) / 2)


@st.composite
def criteria_sets(
    draw: st.DrawFn,
    max_indicators: int = 6,
    *,
    by_points: bool | None = None,
    structure_only: bool | None = False,
    wording: Wording = PLAIN,
) -> CriteriaSet:
    """A set that the parser accepts; only its structure is known if that is asked for, or left open (None)."""
    if draw(st.booleans()) if structure_only is None else structure_only:
        return draw(_bare_sets(wording))
    is_by_points = draw(st.booleans()) if by_points is None else by_points
    top_level = None if is_by_points else draw(st.integers(1, 3))
    count = draw(st.integers(1, max_indicators))
    indicators = [draw(_indicators(n, top_level, wording)) for n in range(count)]
    cuts = sorted(draw(st.sets(st.integers(1, count - 1), max_size=2))) if count > 1 else []
    groups = [indicators[a:b] for a, b in zip([0, *cuts], [*cuts, count], strict=True)]
    criteria = tuple(
        Criterion(
            id=f"c{n}",
            title=draw(wording.texts),
            indicators=tuple(group),
            max_points=sum((i.max_points or Decimal(0) for i in group), Decimal(0)) if is_by_points else None,
            provenance=draw(st.sampled_from(Provenance)),
        )
        for n, group in enumerate(groups)
    )
    return draw(_sets(criteria, draw(_titles(criteria, top_level, wording)), wording))


@st.composite
def _bare_sets(draw: st.DrawFn, wording: Wording) -> CriteriaSet:
    """A set of which only the titles of the criteria are known, and the points of some."""
    points = st.none() | st.integers(0, 100).map(Decimal)
    criteria = tuple(
        Criterion(f"c{n}", draw(wording.texts), (), draw(points), draw(st.sampled_from(Provenance)))
        for n in range(draw(st.integers(1, 3)))
    )
    better, lower = draw(st.integers(60, 100)), draw(st.integers(0, 59))
    titles = (
        PointsTitle("tot", draw(wording.texts), Decimal(better), no_zero_criterion=draw(st.booleans())),
        PointsTitle("kha", draw(wording.texts), Decimal(lower), up_to=Decimal(draw(st.integers(lower, better - 1)))),
    )
    return replace(draw(_sets(criteria, titles, wording)), is_structure_only=True)


@st.composite
def _sets(draw: st.DrawFn, criteria: tuple[Criterion, ...], titles: tuple[Title, ...], wording: Wording) -> CriteriaSet:
    return CriteriaSet(
        id="bo",
        version=draw(wording.words),
        subject=draw(st.sampled_from(SubjectKind)),
        title=draw(wording.texts),
        issuing_document=draw(wording.words),
        standing=draw(st.sampled_from([Standing.LOCAL, Standing.SAMPLE])),
        valid_from=date(2021, 1, 1),
        valid_until=draw(st.none() | st.just(date(2030, 12, 31))),
        criteria=criteria,
        titles=titles,
        not_reached=draw(wording.texts),
        group=draw(st.none() | st.sampled_from(["huyen", "nong_dan"])),
        note=draw(st.none() | wording.texts),
        retired_ids=draw(st.just(()) | st.just(("x1", "x2"))),
    )


any_answers: st.SearchStrategy[Answer] = st.one_of(
    st.builds(YesNo, st.booleans()),
    st.builds(Chosen, st.sampled_from(["o0", "o1", "o5", "", "gone"])),
    st.builds(Quantity, st.decimals(allow_nan=True, allow_infinity=True) | st.integers(-5, 20).map(Decimal)),
    st.builds(Share, st.integers(-1, 5) | st.integers(), st.integers(-1, 5) | st.integers()),
    st.builds(
        Derived,
        st.integers(-1, 9),
        st.integers(-1, 9),
        st.none() | st.just(ON),
        st.none() | st.sampled_from(["", "vì"]),
    ),
    st.just(NotApplicable()),
)


def candidates(indicator: Indicator, whole: int | None) -> tuple[Answer, ...]:
    """Answers of every worth the rule can give, by trying them all; `whole` is that of a share, where it is known."""
    rule = indicator.rule
    match rule:
        case YesNoRule():
            return YesNo(True), YesNo(False)
        case OneOfRule():
            return tuple(Chosen(option.id) for option in rule.options)
        case NumberRule():
            steps = 10**rule.decimals
            values = range(int(rule.minimum) * steps, int(rule.maximum) * steps + 1)
            return tuple(Quantity(Decimal(value) / steps) for value in values)
        case ShareRule():
            return tuple(Share(part, whole or 100) for part in range((whole or 100) + 1))
        case DerivedRule():
            return tuple(Derived(part, whole or 100, ON) for part in range((whole or 100) + 1))
        case PointsRule():
            return tuple(Quantity(Decimal(value) / 10) for value in range(int(rule.maximum * 10) + 1))


def known_whole(indicator: Indicator, profile: Profile) -> int | None:
    """The whole of a share the profile has told; at least one, as a share of nothing does not apply."""
    fact = indicator.rule.whole_fact if isinstance(indicator.rule, ShareRule | DerivedRule) else None
    return profile.get(fact) or None if fact is not None else None


@st.composite
def answered(draw: st.DrawFn, criteria: CriteriaSet) -> dict[str, Answer]:
    """Answers to some of the indicators: mostly such as fit, some of any kind."""
    answers: dict[str, Answer] = {}
    for indicator in criteria.indicators:
        how = draw(st.sampled_from(["fit", "fit", "any", "none"]))
        if how == "any":
            answers[indicator.id] = draw(any_answers)
        elif how == "fit":
            whole = draw(st.integers(1, 4)) if isinstance(indicator.rule, ShareRule | DerivedRule) else None
            answers[indicator.id] = draw(st.sampled_from(candidates(indicator, whole)))
    return answers
