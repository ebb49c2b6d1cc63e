"""What the four sheets of Công dân học tập share, and what they say of themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.scoring.model import (
    Chosen,
    Condition,
    CriteriaSet,
    Indicator,
    OneOfRule,
    PointsTitle,
    Provenance,
    Standing,
    SubjectKind,
)
from bot.scoring.score import score
from bot.scoring.shipped import load_shipped
from tests.scoring.strategies import ON

CITIZENS = tuple(s for s in load_shipped() if s.id.startswith("cong_dan_"))
FIRST = CITIZENS[0]
GROUPS = ("can_bo", "cong_nhan", "hoc_sinh", "nong_dan")
BUTTON_LIMIT = 28

of_each_group = pytest.mark.parametrize("citizens", CITIZENS, ids=lambda criteria: criteria.group)


def options_of(indicator: Indicator) -> OneOfRule:
    assert isinstance(indicator.rule, OneOfRule), indicator.id
    return indicator.rule


def points_titles(criteria: CriteriaSet) -> list[PointsTitle]:
    return [title for title in criteria.titles if isinstance(title, PointsTitle)]


def shape(criteria: CriteriaSet) -> object:
    """Everything of a set but its words."""
    return (
        criteria.version,
        criteria.valid_from,
        criteria.valid_until,
        criteria.issuing_document,
        [
            (title.name, title.id, title.min_total, title.min_per_indicator, title.when)
            for title in points_titles(criteria)
        ],
        [
            (
                criterion.id,
                criterion.title,
                criterion.max_points,
                [
                    (i.id, i.article, i.max_points, [(o.id, o.worth) for o in options_of(i).options])
                    for i in criterion.indicators
                ],
            )
            for criterion in criteria.criteria
        ],
    )


def test_there_is_one_sheet_for_each_group_of_people() -> None:
    """QĐ 324/QĐ-KHVN: bốn nhóm đối tượng."""
    assert tuple(criteria.group for criteria in CITIZENS) == GROUPS
    assert tuple(criteria.id for criteria in CITIZENS) == tuple(f"cong_dan_{group}" for group in GROUPS)
    assert {criteria.subject for criteria in CITIZENS} == {SubjectKind.CITIZEN}
    assert len({criteria.title for criteria in CITIZENS}) == 4


@of_each_group
def test_the_sheets_agree_in_everything_but_words(citizens: CriteriaSet) -> None:
    assert shape(citizens) == shape(FIRST)


def test_the_questions_are_each_groups_own() -> None:
    for number in range(10):
        questions = {criteria.indicators[number].question for criteria in CITIZENS}
        assert len(questions) == 4


@of_each_group
def test_there_are_ten_indicators_of_ten_points_in_three_competences(citizens: CriteriaSet) -> None:
    """QĐ 324/QĐ-KHVN: NL1 40, NL2 40, NL3 20; 10 chỉ số, mỗi chỉ số 10 điểm."""
    assert [criterion.max_points for criterion in citizens.criteria] == [4 * 10, 4 * 10, 2 * 10]
    assert [len(criterion.indicators) for criterion in citizens.criteria] == [4, 4, 2]
    assert {indicator.max_points for indicator in citizens.indicators} == {10}
    assert citizens.max_total == 100
    for number, indicator in enumerate(citizens.indicators, 1):
        assert indicator.article.startswith(f"QĐ 324/QĐ-KHVN, chỉ số {number} ")


@of_each_group
def test_the_grades_are_ten_seven_five_and_nothing(citizens: CriteriaSet) -> None:
    for indicator in citizens.indicators:
        graded = {option.id: option.worth.points for option in options_of(indicator).options}
        assert graded == {"tot": 10, "kha": 7, "dat": 5, "chua": 0}


@of_each_group
def test_the_title_asks_for_80_or_70_in_difficult_areas_and_5_everywhere(citizens: CriteriaSet) -> None:
    """QĐ 324/QĐ-KHVN: từ 80 điểm, không chỉ số nào dưới 5; từ 70 ở vùng khó khăn: QĐ 244/QĐ-KHVN."""
    common, lower = points_titles(citizens)

    assert (common.min_total, common.when) == (Decimal(80), None)
    assert (lower.min_total, lower.when) == (Decimal(70), Condition("difficult_area", at_least=1))
    assert common.min_per_indicator == lower.min_per_indicator == 5
    assert common.name == lower.name
    assert common.article is not None
    assert common.article.startswith("QĐ 324/QĐ-KHVN")
    assert lower.article is not None
    assert lower.article.startswith("QĐ 244/QĐ-KHVN")


@of_each_group
def test_a_sheet_is_a_sample_and_says_what_is_its_own(citizens: CriteriaSet) -> None:
    assert citizens.standing is Standing.SAMPLE
    assert {indicator.provenance for indicator in citizens.indicators} == {Provenance.OWN_SAMPLE}
    assert {criterion.provenance for criterion in citizens.criteria} == {Provenance.PARAPHRASED}
    assert all("lời của phiếu mẫu" in indicator.article for indicator in citizens.indicators)
    assert citizens.note is not None
    assert "10, 7, 5, 0 điểm là của phiếu mẫu" in citizens.note.vi
    assert "chưa rõ Quyết định 324 có giữ mức này không" in citizens.note.vi


@of_each_group
@pytest.mark.parametrize(
    ("day", "is_in_force"),
    [
        (date(2023, 10, 24), False),
        (date(2023, 10, 25), True),
        (date(2030, 12, 31), True),
        (date(2031, 1, 1), False),
    ],
)
def test_a_sheet_is_in_force_from_the_decision_to_the_end_of_2030(
    citizens: CriteriaSet, day: date, is_in_force: bool
) -> None:
    assert citizens.is_in_force(day) is is_in_force


@of_each_group
def test_an_example_names_an_answer_that_can_be_chosen(citizens: CriteriaSet) -> None:
    for indicator in citizens.indicators:
        labels = [option.label for option in options_of(indicator).options]
        named = [label for label in labels if f"“{label.vi}”" in indicator.example.vi]
        assert len(named) == 1, indicator.example.vi
        assert named[0].en is not None
        assert indicator.example.en is not None
        assert f"“{named[0].en}”" in indicator.example.en


@of_each_group
def test_names_and_labels_fit_a_button_in_both_languages(citizens: CriteriaSet) -> None:
    for indicator in citizens.indicators:
        for text in (indicator.short, *(option.label for option in options_of(indicator).options)):
            assert len(text.vi) <= BUTTON_LIMIT, text.vi
            assert text.en is not None
            assert len(text.en) <= BUTTON_LIMIT, text.en


@of_each_group
def test_no_single_answer_but_the_lowest_bars_the_title(citizens: CriteriaSet) -> None:
    """QĐ 324/QĐ-KHVN: không chỉ số nào dưới 5; a foreign language, too, is within everyone's reach."""
    best = {indicator.id: Chosen("tot") for indicator in citizens.indicators}
    for indicator in citizens.indicators:
        for option in options_of(indicator).options:
            sheet = score(citizens, {**best, indicator.id: Chosen(option.id)}, {"difficult_area": 0}, ON)
            has_title = sheet.title is not None
            assert has_title is (option.worth.points != Decimal(0)), (indicator.id, option.id)
