"""The quick way to score a sheet says what the thorough one says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scoring import table as table_module
from bot.scoring.applicability import is_applicable
from bot.scoring.errors import CriteriaNotInForce, StructureOnly
from bot.scoring.judging import fits
from bot.scoring.model import (
    Answer,
    Answers,
    Chosen,
    CriteriaSet,
    NotApplicable,
    Quantity,
    Share,
    WhenNotApplicable,
    YesNo,
)
from bot.scoring.score import score
from bot.scoring.shipped import load_shipped
from bot.scoring.table import Outcome, ScoringTable, Sheet
from tests.scoring.law_sets import CITIZEN, COMMUNE, IN_2026
from tests.scoring.strategies import ON, answered, criteria_sets, profiles

SCORABLE = [criteria for criteria in load_shipped() if not criteria.is_structure_only]
FAMILY = next(criteria for criteria in SCORABLE if criteria.id == "gia_dinh_mau")


def thorough(criteria: CriteriaSet, sheet: Sheet, on: date = ON) -> Outcome:
    """What score() says of a sheet."""
    scored = score(criteria, *sheet, on)
    return Outcome(scored.total, scored.title, scored.between, scored.is_complete)


@settings(max_examples=300)
@given(st.data())
def test_many_sheets_come_out_as_each_scored_by_itself(data: st.DataObject) -> None:
    criteria = data.draw(criteria_sets())
    sheets = [(data.draw(answered(criteria)), data.draw(profiles)) for _ in range(data.draw(st.integers(1, 4)))]
    table = ScoringTable(criteria, ON)
    expected = [thorough(criteria, sheet) for sheet in sheets]

    for _ in range(2):  # facts met before, and answers seen before, go other ways
        assert list(table.outcomes(sheets)) == expected
        assert list(table.outcomes(reversed(sheets))) == expected[::-1]


@given(st.data())
def test_open_questions_are_those_without_a_fitting_answer(data: st.DataObject) -> None:
    criteria, profile = data.draw(criteria_sets()), data.draw(profiles)
    answers = data.draw(answered(criteria))
    table = ScoringTable(criteria, ON)
    for _ in range(data.draw(st.integers(0, 3))):
        table.outcome(answers, profile)

    found = table.open_questions(answers, profile)

    assert found == tuple(
        i.id
        for i in criteria.indicators
        if is_applicable(i, profile) and (i.id not in answers or not fits(i, answers[i.id], profile))
    )
    assert table.outcome(answers, profile).is_complete == (not found)


@pytest.mark.parametrize("criteria", [*SCORABLE, COMMUNE, CITIZEN], ids=lambda criteria: criteria.id)
def test_real_rules_come_out_the_same(criteria: CriteriaSet) -> None:
    on = min(max(IN_2026, criteria.valid_from), criteria.valid_until or IN_2026)
    table = ScoringTable(criteria, on)

    @settings(max_examples=25)
    @given(st.data())
    def try_some(data: st.DataObject) -> None:
        sheet = data.draw(answered(criteria)), data.draw(profiles)
        assert [table.outcome(*sheet) for _ in range(4)] == [thorough(criteria, sheet, on)] * 4

    try_some()


def test_excluded_points_are_scaled_exactly() -> None:
    """8 of the other 70 points are 8 * 100 / 70, which no Decimal holds."""
    first, *others = FAMILY.criteria
    excluded = tuple(replace(i, not_applicable=WhenNotApplicable.EXCLUDED) for i in first.indicators)
    criteria = replace(FAMILY, criteria=(replace(first, indicators=excluded), *others))
    sheet: Sheet = {"dieu_kien_goc_hoc": YesNo(True)}, {"adults": 2, "school_age_children": 0}

    assert ScoringTable(criteria, ON).outcome(*sheet) == thorough(criteria, sheet)


@pytest.mark.parametrize(
    "answers",
    [
        {"dieu_kien_sach_bao": Quantity(Decimal("sNaN"))},
        {"dieu_kien_sach_bao": Quantity(Decimal("NaN"))},
        {"dieu_kien_sach_bao": Quantity(Decimal("1E+1"))},
        {"dieu_kien_sach_bao": YesNo(True), "dieu_kien_quy": Chosen("ve_huu")},
        {"nguoi_lon_biet_chu": NotApplicable(), "tre_em_di_hoc": NotApplicable()},
        {"tre_em_di_hoc": Share(1, 1), "cau_cu": YesNo(True)},
    ],
)
def test_odd_answers_come_out_the_same_each_time(answers: Answers) -> None:
    table = ScoringTable(FAMILY, ON)
    sheet = answers, {"adults": 2, "school_age_children": 2}

    assert [table.outcome(*sheet) for _ in range(4)] == [thorough(FAMILY, sheet)] * 4


def test_what_it_remembers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MOST_REMEMBERED", 50)
    table = ScoringTable(FAMILY, ON)
    for number in range(200):
        answers: dict[str, Answer] = {"dieu_kien_sach_bao": Quantity(Decimal(number)), "dieu_kien_goc_hoc": YesNo(True)}
        sheet = answers, {"adults": number % 5, "school_age_children": number % 3}
        assert table.outcome(*sheet) == thorough(FAMILY, sheet)
        remembered = sum(
            len(columns) + len(outcomes) + sum(len(column[3]) for column in columns)
            for _, _, columns, outcomes in table._plans.values()
        ) + len(table._met)
        assert remembered <= 50


def test_a_set_that_cannot_be_used_is_refused_as_in_scoring() -> None:
    with pytest.raises(CriteriaNotInForce):
        ScoringTable(FAMILY, date(2020, 12, 31))
    with pytest.raises(StructureOnly):
        ScoringTable(replace(FAMILY, is_structure_only=True), ON)
