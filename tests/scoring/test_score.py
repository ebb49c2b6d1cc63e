"""Scoring a whole sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.applicability import applicable, is_applicable, may_be_declared_not_applicable
from bot.scoring.errors import CriteriaNotInForce
from bot.scoring.judging import judge, rank
from bot.scoring.model import (
    Answer,
    Answers,
    Chosen,
    Condition,
    CriteriaSet,
    Indicator,
    NotApplicable,
    Profile,
    Quantity,
    Share,
    WhenNotApplicable,
    YesNo,
)
from bot.scoring.score import score
from bot.scoring.sheet import LineState, ScoreSheet
from bot.scoring.shipped import load_shipped
from tests.scoring.law_sets import CITIZEN, COMMUNE, IN_2026
from tests.scoring.strategies import ON, answered, candidates, criteria_sets, known_whole, profiles

FAMILY = next(criteria for criteria in load_shipped() if criteria.id == "gia_dinh_mau")
ZERO = Decimal(0)
PROFILE: Profile = {"adults": 2, "school_age_children": 2}


def with_indicator(criteria: CriteriaSet, changed: Indicator) -> CriteriaSet:
    """The set with one indicator replaced."""
    return replace(
        criteria,
        criteria=tuple(
            replace(c, indicators=tuple(changed if i.id == changed.id else i for i in c.indicators))
            for c in criteria.criteria
        ),
    )


def family_indicator(indicator_id: str) -> Indicator:
    found = FAMILY.indicator(indicator_id)
    assert found is not None
    return found


# --- when the rules hold ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [date(2021, 1, 1), date(2026, 11, 20), date(2030, 12, 31)])
def test_the_first_and_the_last_day_are_in_force(on: date) -> None:
    assert score(FAMILY, {}, PROFILE, on).total == 0


@pytest.mark.parametrize("on", [date(2020, 12, 31), date(2031, 1, 1)])
def test_outside_its_days_a_set_is_refused(on: date) -> None:
    with pytest.raises(CriteriaNotInForce, match="gia_dinh_mau is not in force on 20"):
        score(FAMILY, {}, PROFILE, on)


# --- three values: not answered, not applicable, no ------------------------------------------------------------------


def test_no_not_answered_and_not_applicable_are_three_values() -> None:
    said_no = score(FAMILY, {"dieu_kien_goc_hoc": YesNo(False)}, PROFILE, ON).line("dieu_kien_goc_hoc")
    silent = score(FAMILY, {}, PROFILE, ON).line("dieu_kien_goc_hoc")
    without_children = score(FAMILY, {}, {"adults": 2, "school_age_children": 0}, ON).line("tre_em_di_hoc")

    assert (said_no.state, said_no.points) == (LineState.SCORED, ZERO)
    assert (silent.state, silent.points) == (LineState.NOT_ANSWERED, ZERO)
    assert (without_children.state, without_children.points) == (LineState.NOT_APPLICABLE, Decimal(10))


def test_a_sheet_is_complete_when_all_that_applies_is_answered() -> None:
    answers: dict[str, Answer] = {
        i.id: candidates(i, None)[0] for i in FAMILY.indicators if not i.id.startswith("tre_em")
    }
    answers["nguoi_lon_hoc_them"] = Share(1, 2)

    assert not score(FAMILY, answers, PROFILE, ON).is_complete
    assert score(FAMILY, answers, {"adults": 2, "school_age_children": 0}, ON).is_complete


def test_while_the_number_of_children_is_unknown_the_children_are_asked_about() -> None:
    assert is_applicable(family_indicator("tre_em_di_hoc"), {})
    assert not is_applicable(family_indicator("tre_em_di_hoc"), {"school_age_children": 0})
    assert is_applicable(family_indicator("tre_em_di_hoc"), {"school_age_children": 1})


def test_a_share_of_a_known_zero_does_not_apply() -> None:
    assert not is_applicable(family_indicator("nguoi_lon_hoc_them"), {"adults": 0})


def test_applicable_indicators_keep_the_order_of_the_document() -> None:
    without_children = {"adults": 2, "school_age_children": 0}

    assert applicable(FAMILY, PROFILE) == FAMILY.indicators
    assert applicable(FAMILY, without_children) == FAMILY.indicators[3:]


def test_a_person_may_say_not_applicable_only_where_nothing_contradicts_it() -> None:
    """Nobody from 19 to 60 at home (QĐ 448, 2.1) is for the person to say; that two known children are none is not."""
    answers: Answers = {"nguoi_lon_biet_chu": NotApplicable(), "tre_em_di_hoc": NotApplicable()}

    sheet = score(FAMILY, answers, PROFILE, ON)

    assert sheet.line("nguoi_lon_biet_chu").state is LineState.NOT_APPLICABLE
    assert sheet.line("nguoi_lon_biet_chu").points == 10
    assert sheet.line("tre_em_di_hoc").state is LineState.ANSWER_UNFIT
    assert sheet.line("tre_em_di_hoc").points == 0


@pytest.mark.parametrize(
    ("indicator_id", "profile", "expected"),
    [
        ("nguoi_lon_biet_chu", {"adults": 2}, True),
        ("nguoi_lon_hoc_them", {"adults": 2}, False),
        ("nguoi_lon_hoc_them", {}, True),
        ("tre_em_di_hoc", {"school_age_children": 1}, False),
        ("tre_em_di_hoc", {}, True),
        ("dieu_kien_goc_hoc", {}, False),
    ],
)
def test_where_not_applicable_may_be_offered(indicator_id: str, profile: Profile, expected: bool) -> None:
    assert may_be_declared_not_applicable(family_indicator(indicator_id), profile) is expected


def test_what_is_computed_cannot_be_declared_not_applicable() -> None:
    derived = COMMUNE.indicator("tc5_ct1")
    assert derived is not None

    assert not may_be_declared_not_applicable(derived, {})


# --- answers that no longer fit --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator_id", "answer"),
    [
        ("dieu_kien_quy", Chosen("ve_huu")),
        ("dieu_kien_quy", YesNo(True)),
        ("dieu_kien_sach_bao", Quantity(Decimal(-1))),
        ("dieu_kien_sach_bao", Quantity(Decimal("1.5"))),
        ("tre_em_di_hoc", Share(1, 1)),  # of two children by now
        ("tre_em_di_hoc", Share(3, 2)),
    ],
)
def test_an_answer_that_does_not_fit_is_worth_nothing_and_says_so(indicator_id: str, answer: Answer) -> None:
    line = score(FAMILY, {indicator_id: answer}, PROFILE, ON).line(indicator_id)

    assert (line.state, line.points, line.answer) == (LineState.ANSWER_UNFIT, ZERO, answer)


def test_answers_to_indicators_of_another_version_are_passed_over() -> None:
    assert score(FAMILY, {"cau_cu": YesNo(True)}, PROFILE, ON) == score(FAMILY, {}, PROFILE, ON)


# --- the total -------------------------------------------------------------------------------------------------------


def test_excluded_indicators_leave_the_total_and_the_rest_is_scaled_exactly() -> None:
    """Without the 30 points of the children, 8 of the other 70 are 8 * 100 / 70, which no Decimal holds."""
    excluding = FAMILY
    for indicator in FAMILY.indicators[:3]:
        excluding = with_indicator(excluding, replace(indicator, not_applicable=WhenNotApplicable.EXCLUDED))
    childless = {"adults": 2, "school_age_children": 0}

    sheet = score(excluding, {"dieu_kien_goc_hoc": YesNo(True)}, childless, ON)

    assert sheet.total == Fraction(8 * 100, 70)
    assert sheet.line("tre_em_di_hoc").points == 0


def test_a_scaled_total_is_a_decimal_where_one_is_exact() -> None:
    """Without its 20 points, 8 of the other 80 are exactly 10."""
    excluding = FAMILY
    for indicator_id in ("nguoi_lon_hoc_them", "nguoi_lon_tim_hieu"):
        changed = replace(
            family_indicator(indicator_id),
            not_applicable=WhenNotApplicable.EXCLUDED,
            applies_when=Condition("difficult_area", at_least=1),
        )
        excluding = with_indicator(excluding, changed)

    sheet = score(excluding, {"dieu_kien_goc_hoc": YesNo(True)}, {**PROFILE, "difficult_area": 0}, ON)

    assert isinstance(sheet.total, Decimal)
    assert sheet.total == 8 * 100 / 80


def test_when_everything_is_excluded_the_total_is_zero() -> None:
    only = replace(
        family_indicator("dieu_kien_goc_hoc"),
        not_applicable=WhenNotApplicable.EXCLUDED,
        applies_when=Condition("adults", at_least=9),
    )
    criteria = replace(FAMILY, criteria=(replace(FAMILY.criteria[2], indicators=(only,), max_points=Decimal(8)),))

    sheet = score(criteria, {}, {"adults": 1}, ON)

    assert sheet.total == 0
    assert sheet.title is None
    assert sheet.way_up is None


def test_criterion_points_are_the_sum_of_its_lines() -> None:
    answers: Answers = {"dieu_kien_goc_hoc": YesNo(True), "dieu_kien_quy": Chosen("khi_can")}

    assert score(FAMILY, answers, PROFILE, ON).criterion_points("dieu_kien") == 8 + 3


def test_a_line_of_an_unknown_indicator_is_an_error() -> None:
    with pytest.raises(KeyError):
        score(FAMILY, {}, PROFILE, ON).line("khong_co")


# --- levels ----------------------------------------------------------------------------------------------------------


def test_a_levels_set_has_no_points() -> None:
    """TT 25/2023: đạt hoặc không đạt, không tính điểm."""
    sheet = score(COMMUNE, {"tc1_ct1": YesNo(True)}, {}, IN_2026)

    assert sheet.total == 0
    assert [line.points for line in sheet.lines] == [0] * 5
    assert [line.passes_level for line in sheet.lines] == [2, 0, 0, 0, 0]


def test_a_points_set_passes_no_levels() -> None:
    assert {line.passes_level for line in score(CITIZEN, {}, {}, IN_2026).lines} == {None}


# --- for any set and any answers -------------------------------------------------------------------------------------


def scored(data: st.DataObject) -> tuple[CriteriaSet, dict[str, Answer], dict[str, int], ScoreSheet]:
    criteria, profile = data.draw(criteria_sets()), data.draw(profiles)
    answers = data.draw(answered(criteria))
    return criteria, answers, profile, score(criteria, answers, profile, ON)


@given(st.data())
def test_a_total_lies_between_zero_and_the_maximum(data: st.DataObject) -> None:
    criteria, _, _, sheet = scored(data)

    assert 0 <= sheet.total <= criteria.max_total
    for line in sheet.lines:
        assert 0 <= line.points <= (line.indicator.max_points or 0)


@given(st.data())
def test_the_order_of_answers_does_not_matter(data: st.DataObject) -> None:
    criteria, answers, profile, sheet = scored(data)
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))

    assert score(criteria, shuffled, profile, ON) == sheet


@given(st.data())
def test_there_is_one_line_an_indicator_in_document_order(data: st.DataObject) -> None:
    criteria, _, _, sheet = scored(data)

    assert tuple(line.indicator for line in sheet.lines) == criteria.indicators


@given(st.data())
def test_a_better_answer_never_lowers_the_total_or_the_title_but_into_a_gap(data: st.DataObject) -> None:
    criteria, answers, profile, before = scored(data)
    line = data.draw(st.sampled_from(before.lines))
    better = data.draw(st.sampled_from(candidates(line.indicator, known_whole(line.indicator, profile))))
    old = judge(line.indicator.rule, line.answer, profile) if line.answer is not None else None
    new = judge(line.indicator.rule, better, profile)
    if line.state is LineState.NOT_APPLICABLE or new is None or (old and rank(old.worth) > rank(new.worth)):
        return

    after = score(criteria, {**answers, line.indicator.id: better}, profile, ON)

    assert after.total >= before.total
    assert standing(after) <= standing(before)


def standing(sheet: ScoreSheet) -> int:
    """0 for the best title; between two titles counts as the lower one, and beyond the last one as none."""
    reached = sheet.between[0] if sheet.between else sheet.title
    return sheet.criteria.titles.index(reached) if reached else len(sheet.criteria.titles)
