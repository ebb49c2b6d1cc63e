"""The difference of two sets says everything that differs, once, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.changes import Aspect
from bot.scoring.differing import SetDifference, difference
from bot.scoring.model import (
    Band,
    Condition,
    CriteriaSet,
    Criterion,
    Indicator,
    LevelTitle,
    NumberRule,
    OneOfRule,
    Option,
    PointsRule,
    PointsTitle,
    Provenance,
    Rule,
    ShareRule,
    Standing,
    Text,
    WhenNotApplicable,
    Worth,
    YesNoRule,
)
from bot.scoring.reasons import REASON_CODES, Reason
from bot.scoring.shipped import load_shipped
from bot.scoring.table import ScoringTable
from tests.scoring.law_sets import CITIZEN, COMMUNE, DIFFICULT
from tests.scoring.strategies import ANY, ON, answered, criteria_sets, profiles

OF_THE_DECISION = ("id", "version", "issuing_document", "standing", "valid_from", "valid_until", "retired_ids")
"""Fields of a set that no difference speaks of."""

FAMILY = next(criteria for criteria in load_shipped() if criteria.id == "gia_dinh_mau")


def points(number: int | str) -> Worth:
    return Worth(points=Decimal(number))


def with_indicator(criteria: CriteriaSet, indicator_id: str, change: Callable[[Indicator], Indicator]) -> CriteriaSet:
    return replace(
        criteria,
        criteria=tuple(
            replace(c, indicators=tuple(change(i) if i.id == indicator_id else i for i in c.indicators))
            for c in criteria.criteria
        ),
    )


def with_rule(rule: Rule) -> CriteriaSet:
    """The citizen set with one indicator answered by a rule."""
    return with_indicator(CITIZEN, "cs1", lambda i: replace(i, rule=rule))


def codes(old: CriteriaSet, new: CriteriaSet) -> list[str]:
    return [change.reason.code.removeprefix("scoring.change.") for change in difference(old, new).changes]


def percent(limit: int) -> Reason:
    return Reason("scoring.change.limit_percent", {"limit": Decimal(limit)})


def test_a_set_does_not_differ_from_itself() -> None:
    assert difference(FAMILY, FAMILY) == SetDifference(())
    assert difference(FAMILY, FAMILY).is_empty
    assert not difference(FAMILY, FAMILY).changes_results


def test_what_belongs_to_the_decision_is_no_difference() -> None:
    adopted = replace(
        FAMILY,
        id="gia_dinh_xa",
        version="2",
        issuing_document="Quyết định 12/QĐ-UBND",
        standing=Standing.LOCAL,
        valid_from=date(2026, 12, 1),
        valid_until=None,
        retired_ids=("cu",),
    )

    assert difference(FAMILY, adopted).is_empty


def test_a_moved_threshold_is_one_change_with_both_limits() -> None:
    """60 % becomes 70 %, for the same points."""
    share = ShareRule(Text("đạt"), Text("người"), (Band(Decimal(0), points(0)), Band(Decimal(60), points(10))))
    moved = replace(share, bands=(share.bands[0], Band(Decimal(70), points(10))))

    (change,) = difference(with_rule(share), with_rule(moved)).changes

    assert change.aspect is Aspect.THRESHOLD
    assert (change.criterion, change.indicator, change.name) == ("nl1", "cs1", Text("cs1"))
    assert change.reason == Reason(
        "scoring.change.band_limit",
        {
            "name": Text("cs1"),
            "worth": Reason("scoring.change.worth_points", {"points": Decimal(10)}),
            "old": percent(60),
            "new": percent(70),
        },
    )


def test_bands_that_come_go_or_change_their_worth_are_told_apart() -> None:
    bands = (Band(Decimal(0), points(0)), Band(Decimal(5), points(3)), Band(Decimal(10), points(10)))
    old = NumberRule(Decimal(0), Decimal(50), bands, Text("cuốn"))

    def against(*new: Band) -> list[str]:
        return codes(with_rule(old), with_rule(replace(old, bands=new)))

    assert against(bands[0], Band(Decimal(5), points(4)), bands[2]) == ["band_worth"]
    assert against(bands[0], bands[2]) == ["band_removed"]
    assert against(*bands, Band(Decimal(20), points(12))) == ["band_added"]
    assert against(bands[0], Band(Decimal(4), points(3)), Band(Decimal(12), points(10))) == ["band_limit"] * 2


def test_limits_of_difficult_areas_are_said_as_such() -> None:
    """TT 25/2023: 40 % instead of 50 % in difficult areas."""
    share = ShareRule(Text("đạt"), Text("người"), (Band(Decimal(0), points(0)), Band(Decimal(50), points(10))))
    lower = Band(Decimal(40), points(10), DIFFICULT)
    with_lower = replace(share, bands=(share.bands[0], lower, share.bands[1]))
    other = replace(with_lower, bands=(share.bands[0], replace(lower, when=Condition("adults", 1)), share.bands[1]))

    (added,) = difference(with_rule(share), with_rule(with_lower)).changes
    assert added.reason.code == "scoring.change.band_added"
    assert added.reason.params["limit"] == Reason("scoring.change.in_difficult_area", {"limit": percent(40)})
    assert codes(with_rule(with_lower), with_rule(other)) == ["band_added", "band_removed"]


def test_options_are_the_same_where_their_ids_are() -> None:
    one_of = CITIZEN.indicators[0].rule
    assert isinstance(one_of, OneOfRule)
    best, good, *others = one_of.options
    new = OneOfRule(
        (best, replace(good, label=Text("Tương đối"), worth=points(6)), Option("it", Text("Ít"), points(2)))
    )

    assert codes(with_rule(one_of), with_rule(new)) == [
        "option_worth",
        "option_label",
        "option_added",
        *["option_removed" for _ in others],
    ]
    assert codes(with_rule(one_of), with_rule(OneOfRule((good, best, *others)))) == ["options_order"]


def test_another_kind_of_answer_is_one_change() -> None:
    (change,) = difference(CITIZEN, with_rule(YesNoRule(points(10), points(0)))).changes

    assert (change.aspect, change.reason.code) == (Aspect.KIND, "scoring.change.kind")
    assert change.reason.params["old"] == Reason("scoring.change.kind_one_of", {})
    assert change.reason.params["new"] == Reason("scoring.change.kind_yes_no", {})


def test_yes_and_no_numbers_and_given_points_say_what_changed() -> None:
    yes_no = YesNoRule(points(10), points(0))
    assert codes(with_rule(yes_no), with_rule(YesNoRule(points(8), points(2)))) == ["yes_worth", "no_worth"]
    number = NumberRule(Decimal(0), Decimal(9), (Band(Decimal(0), points(0)),), Text("lần"))
    changed = replace(number, minimum=Decimal(-1), maximum=Decimal(8), decimals=1, unit=Text("lượt"))
    assert codes(with_rule(number), with_rule(changed)) == ["minimum", "maximum", "decimals", "unit"]
    assert codes(with_rule(PointsRule(Decimal(10))), with_rule(PointsRule(Decimal(10), 1))) == ["decimals"]
    assert codes(with_rule(PointsRule(Decimal(10))), with_rule(PointsRule(Decimal(9)))) == []  # the indicator says it


def test_an_indicator_that_comes_or_goes_changes_points_and_total_with_it() -> None:
    criteria = FAMILY.criteria[2]
    gone = criteria.indicators[0]
    fewer = replace(
        criteria,
        indicators=criteria.indicators[1:],
        max_points=(criteria.max_points or Decimal(0)) - (gone.max_points or 0),
    )
    new = replace(FAMILY, criteria=(*FAMILY.criteria[:2], fewer, FAMILY.criteria[3]))

    assert codes(FAMILY, new) == ["total", "points", "indicator_removed_points"]
    assert codes(new, FAMILY) == ["total", "points", "indicator_added_points"]
    assert difference(FAMILY, new).of(Aspect.REMOVED)[0].indicator == gone.id


def test_a_criterion_that_goes_takes_its_indicators_along_unless_they_move() -> None:
    first, second, *others = COMMUNE.criteria
    merged = replace(COMMUNE, criteria=(replace(first, indicators=(*first.indicators, *second.indicators)), *others))
    shorter = replace(COMMUNE, criteria=(first, *others))

    assert codes(COMMUNE, merged) == ["indicator_moved", "criterion_removed"]
    assert codes(COMMUNE, shorter) == ["criterion_removed", "indicator_removed"]
    assert codes(shorter, COMMUNE) == ["criterion_added", "indicator_added"]


def test_titles_say_each_of_their_conditions() -> None:
    title = PointsTitle("dat", Text("Đạt"), Decimal(80))
    others: list[tuple[PointsTitle, str]] = [
        (replace(title, min_total=Decimal(70)), "title_minimum"),
        (replace(title, up_to=Decimal(90)), "title_up_to_set"),
        (replace(title, min_per_indicator=Decimal(5)), "title_min_per_indicator_set"),
        (replace(title, no_zero_indicator=True), "title_no_zero_indicator"),
        (replace(title, no_zero_criterion=True), "title_no_zero_criterion"),
        (replace(title, when=DIFFICULT), "title_condition"),
        (replace(title, name=Text("Đạt rồi")), "title_name"),
        (replace(title, article="Điều 1"), "source"),
    ]
    for other, code in others:
        assert codes(replace(CITIZEN, titles=(title,)), replace(CITIZEN, titles=(other,))) == [code]
    back = {"title_up_to_set": "title_up_to_dropped", "title_no_zero_indicator": "title_zero_indicator_allowed"}
    for other, code in others:
        if code in back:
            assert codes(replace(CITIZEN, titles=(other,)), replace(CITIZEN, titles=(title,))) == [back[code]]


def test_titles_come_go_change_level_and_order() -> None:
    two, one = COMMUNE.titles
    assert isinstance(one, LevelTitle)

    assert codes(COMMUNE, replace(COMMUNE, titles=(two,))) == ["title_removed"]
    assert codes(replace(COMMUNE, titles=(one,)), COMMUNE) == ["title_added_by_level"]
    assert codes(COMMUNE, replace(COMMUNE, titles=(one, two))) == ["title_order"]
    assert codes(COMMUNE, replace(COMMUNE, titles=(two, replace(one, level=2)))) == ["title_level"]
    assert codes(CITIZEN, replace(CITIZEN, titles=CITIZEN.titles[:1])) == ["title_removed"]
    assert codes(replace(CITIZEN, titles=CITIZEN.titles[:1]), CITIZEN) == ["title_added"]


def test_adopting_a_bare_structure_with_points_says_so() -> None:
    """TT 44/2014 ships without points; a locality adds them."""
    bare = replace(
        CITIZEN,
        is_structure_only=True,
        criteria=tuple(replace(c, indicators=(), max_points=None) for c in CITIZEN.criteria),
    )

    assert codes(bare, CITIZEN)[:3] == ["points_known", "total_set", "points_set"]
    assert codes(CITIZEN, bare)[:3] == ["structure_only", "total_dropped", "points_dropped"]


@pytest.mark.parametrize(
    ("change", "aspect", "code"),
    [
        (lambda i: replace(i, question=Text("Khác?")), Aspect.WORDING, "wording"),
        (lambda i: replace(i, article="Điều 9"), Aspect.SOURCE, "article"),
        (lambda i: replace(i, provenance=Provenance.FROM_MEMORY), Aspect.SOURCE, "source"),
        (lambda i: replace(i, checked_on=None), Aspect.SOURCE, "source"),
        (lambda i: replace(i, evidence=Text("Ảnh")), Aspect.EVIDENCE, "evidence_wanted"),
        (lambda i: replace(i, applies_when=DIFFICULT), Aspect.CONDITION, "condition_set"),
        (
            lambda i: replace(i, not_applicable=WhenNotApplicable.EXCLUDED),
            Aspect.CONDITION,
            "not_applicable_excluded",
        ),
    ],
)
def test_everything_else_of_an_indicator_has_its_kind(
    change: Callable[[Indicator], Indicator], aspect: Aspect, code: str
) -> None:
    found = difference(CITIZEN, with_indicator(CITIZEN, "cs3", change))

    assert [(c.aspect, c.reason.code, c.indicator) for c in found.changes] == [
        (aspect, f"scoring.change.{code}", "cs3")
    ]
    assert found.changes_results == (aspect is Aspect.CONDITION)


# --- for any two sets ------------------------------------------------------------------------------------------------


def undecided(criteria: CriteriaSet) -> CriteriaSet:
    """A set without what belongs to its decision."""
    plain = {name: getattr(FAMILY, name) for name in OF_THE_DECISION}
    return replace(criteria, **plain)


@given(st.data())
def test_nothing_differs_only_between_sets_that_say_the_same(data: st.DataObject) -> None:
    """One field, wherever it is, is taken over from another set; the difference is empty just where it is the same."""
    by_points = data.draw(st.booleans())
    one, other = (undecided(data.draw(criteria_sets(3, by_points=by_points, wording=ANY))) for _ in range(2))
    path = data.draw(st.sampled_from(["set", "title", "criterion", "indicator", "rule"]))
    mixed = one
    if path == "set":
        name = data.draw(st.sampled_from([f.name for f in fields(CriteriaSet)]))
        mixed = replace(one, **{name: getattr(other, name)})
    elif path == "title":
        mixed = replace(one, titles=(taking(data, one.titles[0], other.titles[0]), *one.titles[1:]))
    elif path == "criterion":
        mixed = replace(one, criteria=(taking(data, one.criteria[0], other.criteria[0]), *one.criteria[1:]))
    else:
        mine, theirs = one.indicators[0], data.draw(st.sampled_from(other.indicators))
        if path == "indicator":
            mixed = with_indicator(one, mine.id, lambda _: taking(data, mine, theirs))
        elif type(mine.rule) is type(theirs.rule):
            changed = replace(mine, rule=taking(data, mine.rule, theirs.rule))
            mixed = with_indicator(one, mine.id, lambda _: changed)

    assert difference(one, mixed).is_empty == (said_of(mixed) == said_of(one))
    assert difference(mixed, one).is_empty == (said_of(mixed) == said_of(one))


_Part = TypeVar("_Part", PointsTitle | LevelTitle, Criterion, Indicator, Rule)


def taking(data: st.DataObject, mine: _Part, theirs: _Part) -> _Part:
    """A part with one of its fields, its id apart, as another one has it."""
    name = data.draw(st.sampled_from([f.name for f in fields(mine) if f.name != "id"]))
    return replace(mine, **{name: getattr(theirs, name)})


def said_of(criteria: CriteriaSet) -> CriteriaSet:
    """A set without what another part of it says already: the maximum of given points is the indicator's."""
    for indicator in criteria.indicators:
        if isinstance(indicator.rule, PointsRule):
            rule = replace(indicator.rule, maximum=Decimal(0))
            criteria = with_indicator(criteria, indicator.id, partial(replace, rule=rule))
    return criteria


@given(st.data())
def test_where_no_result_changes_every_sheet_comes_out_alike(data: st.DataObject) -> None:
    one, other = (undecided(data.draw(criteria_sets(3, wording=ANY))) for _ in range(2))
    mine, theirs = one.indicators[0], data.draw(st.sampled_from(other.indicators))
    mixed = with_indicator(one, mine.id, lambda _: taking(data, mine, theirs))
    if data.draw(st.booleans()):
        mixed = replace(mixed, criteria=mixed.criteria[::-1])
    if difference(one, mixed).changes_results:
        return
    sheet = data.draw(answered(one)), data.draw(profiles)

    was, becomes = (ScoringTable(criteria, ON).outcome(*sheet) for criteria in (one, mixed))

    assert (was.total, was.title, was.between, was.is_complete) == (
        becomes.total,
        becomes.title,
        becomes.between,
        becomes.is_complete,
    )


@given(st.data())
def test_every_change_has_a_known_code_and_exactly_its_params(data: st.DataObject) -> None:
    old, new = (data.draw(criteria_sets(3, structure_only=None, wording=ANY)) for _ in range(2))

    for change in difference(old, new).changes:
        reasons = [change.reason, *(value for value in change.reason.params.values() if isinstance(value, Reason))]
        reasons += [value for each in reasons[1:] for value in each.params.values() if isinstance(value, Reason)]
        for reason in reasons:
            assert tuple(sorted(reason.params)) == tuple(sorted(REASON_CODES[reason.code]))
        if change.name is not None:
            assert change.reason.params["name"] == change.name


@given(st.data())
def test_what_comes_one_way_goes_the_other(data: st.DataObject) -> None:
    old, new = (data.draw(criteria_sets()) for _ in range(2))

    there, back = difference(old, new), difference(new, old)

    assert {c.indicator or c.criterion for c in there.of(Aspect.ADDED)} == {
        c.indicator or c.criterion for c in back.of(Aspect.REMOVED)
    }
