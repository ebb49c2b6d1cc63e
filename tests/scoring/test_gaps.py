"""Totals that the text of the titles leaves out: said as such, never rounded, and with a way up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.explain import explain_result, explain_way_up
from bot.scoring.model import (
    Answer,
    CriteriaSet,
    Criterion,
    PointsRule,
    PointsTitle,
    Quantity,
    Text,
    WhenNotApplicable,
)
from bot.scoring.score import score
from bot.scoring.sheet import ScoreSheet
from bot.scoring.titles import is_open_to
from tests.scoring.law_sets import CITIZEN, DIFFICULT, IN_2026
from tests.scoring.strategies import ON, answered, criteria_sets, profiles

TOT = PointsTitle("tot", Text("Tốt"), Decimal(85), no_zero_criterion=True)
KHA = PointsTitle("kha", Text("Khá"), Decimal(70), up_to=Decimal(84), no_zero_criterion=True)
TRUNG_BINH = PointsTitle("trung_binh", Text("Trung bình"), Decimal(50), up_to=Decimal(69), no_zero_criterion=True)


def given_points(titles: tuple[PointsTitle, ...], *maxima: int) -> CriteriaSet:
    """A set like that of TT 44/2014: each criterion gets points outright, of which only the maximum is known."""
    pattern = CITIZEN.indicators[0]
    indicators = [
        replace(pattern, id=f"tc{n}", max_points=Decimal(most), rule=PointsRule(Decimal(most), 2))
        for n, most in enumerate(maxima, 1)
    ]
    criteria = tuple(Criterion(f"c_{i.id}", Text(i.id), (i,), i.max_points) for i in indicators)
    return replace(CITIZEN, criteria=criteria, titles=titles)


COMMUNE_2014 = given_points((TOT, KHA, TRUNG_BINH), 50, 50)


def of(*points: str, criteria: CriteriaSet = COMMUNE_2014, difficult: int = 0) -> ScoreSheet:
    answers: dict[str, Answer] = {f"tc{n}": Quantity(Decimal(p)) for n, p in enumerate(points, 1)}
    return score(criteria, answers, {"difficult_area": difficult}, IN_2026)


@pytest.mark.parametrize(
    ("points", "title", "between"),
    [
        (("50", "50"), "tot", None),
        (("50", "35"), "tot", None),
        (("50", "34.99"), None, ("kha", "tot")),
        (("50", "34.5"), None, ("kha", "tot")),
        (("50", "34.01"), None, ("kha", "tot")),
        (("50", "34"), "kha", None),
        (("50", "20"), "kha", None),
        (("50", "19.5"), None, ("trung_binh", "kha")),
        (("50", "19"), "trung_binh", None),
        (("49", "1"), "trung_binh", None),
        (("49", "0.5"), None, None),
        (("50", "0"), None, None),  # a criterion at zero has no title, gap or not
    ],
)
def test_a_total_between_two_bands_has_no_title(
    points: tuple[str, ...], title: str | None, between: tuple[str, str] | None
) -> None:
    """TT 44/2014: Tốt 85-100, Khá 70-84, Trung bình 50-69, không có tiêu chí bị điểm 0."""
    sheet = of(*points)

    assert (sheet.title.id if sheet.title else None) == title
    assert (tuple(t.id for t in sheet.between) if sheet.between else None) == between


def test_the_total_is_said_as_it_is_with_both_limits() -> None:
    """TT 44/2014: 84,5 là giữa Khá và Tốt."""
    verdict = explain_result(of("50", "34.5"))[0]

    assert verdict.code == "scoring.result.between_titles"
    assert verdict.params == {
        "total": Decimal("84.5"),
        "max_total": Decimal(100),
        "lower": Text("Khá"),
        "lower_up_to": Decimal(84),
        "upper": Text("Tốt"),
        "upper_min": Decimal(85),
    }
    assert explain_result(of("50", "34.01"))[0].params["total"] == Decimal("84.01")


def test_a_total_that_no_decimal_holds_is_shown_on_its_side_of_both_limits() -> None:
    criteria = given_points((TOT, KHA), 7, 93)
    excluded = replace(criteria.indicators[1], applies_when=DIFFICULT, not_applicable=WhenNotApplicable.EXCLUDED)
    criteria = replace(criteria, criteria=(criteria.criteria[0], replace(criteria.criteria[1], indicators=(excluded,))))
    points = Decimal("5.89")  # of 7, that is 84.142857... of 100

    sheet = of(str(points), criteria=criteria)

    assert sheet.total == Fraction(589, 7)
    assert sheet.between == (KHA, TOT)
    assert explain_result(sheet)[0].params["total"] == Decimal("84.1")
    just_above = replace(criteria, titles=(TOT, replace(KHA, up_to=Decimal("84.14"))))
    assert explain_result(of(str(points), criteria=just_above))[0].params["total"] == Decimal("84.143")


def test_the_way_up_from_a_gap_leads_to_the_upper_title() -> None:
    sheet = of("50", "34.5")

    assert sheet.way_up is not None
    assert sheet.way_up.title is TOT
    assert sheet.way_up.missing == Decimal("0.5")
    assert [step.indicator.id for step in sheet.way_up.improvements] == ["tc2"]
    assert [reason.code for reason in explain_way_up(sheet.way_up)] == ["scoring.way_up.points", "scoring.way_up.gain"]


def test_the_next_better_title_is_the_next_for_this_subject() -> None:
    """A title for difficult areas stands between two others only there."""
    hills = PointsTitle("gan_tot", Text("Gần tốt"), Decimal(80), when=DIFFICULT)
    criteria = given_points((TOT, hills, replace(KHA, up_to=Decimal(79))), 50, 50)

    in_town, in_the_hills = of("50", "34.5", criteria=criteria), of("50", "34.5", criteria=criteria, difficult=1)

    assert in_town.title is None
    assert in_town.between == (criteria.titles[2], TOT)
    assert in_the_hills.title is hills
    assert of("50", "29.5", criteria=criteria, difficult=1).between == (criteria.titles[2], hills)


def test_a_highest_total_of_the_best_title_says_nothing() -> None:
    criteria = given_points((replace(TOT, up_to=Decimal(90)),), 50, 50)

    assert of("50", "45", criteria=criteria).title is criteria.titles[0]


@given(st.data())
def test_between_means_above_one_below_the_other_and_no_title(data: st.DataObject) -> None:
    criteria, profile = data.draw(criteria_sets(by_points=True)), data.draw(profiles)
    sheet = score(criteria, data.draw(answered(criteria)), profile, ON)

    if sheet.between is None:
        reached = sheet.title
        if isinstance(reached, PointsTitle) and reached.up_to is not None and sheet.total > reached.up_to:
            better = [t for t in criteria.titles[: criteria.titles.index(reached)] if isinstance(t, PointsTitle)]
            above = [t for t in better if t.min_total > reached.min_total and is_open_to(t, profile)]
            assert not above or sheet.total >= above[-1].min_total, "it missed the next one by another condition"
        return
    lower, upper = sheet.between
    assert sheet.title is None
    assert lower.up_to is not None
    assert lower.min_total <= lower.up_to < sheet.total < upper.min_total
    assert criteria.titles.index(upper) < criteria.titles.index(lower)
    if sheet.way_up is not None:
        assert criteria.titles.index(sheet.way_up.title) <= criteria.titles.index(upper)
