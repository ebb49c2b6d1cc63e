"""What the sets of learning units promise beyond their cases: whom they ask, and how they go together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.scoring.applicability import applicable
from bot.scoring.model import CriteriaSet, Criterion, SubjectKind
from bot.scoring.shipped import load_shipped

SETS = {criteria.id: criteria for criteria in load_shipped()}
DISTRICT, PROVINCE = SETS["don_vi_hoc_tap_huyen"], SETS["don_vi_hoc_tap_tinh"]
OLD_DISTRICT, OLD_PROVINCE = SETS["don_vi_tt22_huyen"], SETS["don_vi_tt22_tinh"]
UNIT_SETS = (DISTRICT, PROVINCE, OLD_DISTRICT, OLD_PROVINCE)


def without_articles(criteria: tuple[Criterion, ...]) -> list[Criterion]:
    return [replace(c, indicators=tuple(replace(i, article="") for i in c.indicators)) for c in criteria]


def test_both_levels_of_2020_have_the_same_table() -> None:
    """TT 22/2020/TT-BGDĐT, Điều 5 and Điều 6 make no difference between district and province."""
    assert replace(OLD_PROVINCE, id=OLD_DISTRICT.id, group="huyen", title=OLD_DISTRICT.title) == OLD_DISTRICT


def test_the_first_two_criteria_of_the_province_are_those_of_the_district() -> None:
    """TT 24/2023/TT-BGDĐT, Điều 12 and Điều 13, khoản 1 and 2 refer to Điều 6 and Điều 7."""
    assert without_articles(PROVINCE.criteria[:2]) == without_articles(DISTRICT.criteria[:2])


@pytest.mark.parametrize("group", ["huyen", "tinh"])
def test_one_circular_follows_the_other_from_one_day_to_the_next(group: str) -> None:
    """TT 22/2020 is in force from 21/09/2020; TT 24/2023, Điều 22 repeals it from 26/01/2024."""
    units = [s for s in SETS.values() if s.subject is SubjectKind.UNIT and s.group == group]
    last = date(2024, 1, 25)

    def in_force(on: date) -> list[str]:
        return [criteria.id for criteria in units if criteria.is_in_force(on)]

    assert in_force(date(2020, 9, 20)) == []
    assert in_force(date(2020, 9, 21)) == in_force(last) == [f"don_vi_tt22_{group}"]
    assert in_force(last + timedelta(days=1)) == in_force(date(2026, 11, 20)) == [f"don_vi_hoc_tap_{group}"]


def test_the_points_of_2020_are_those_of_the_circular() -> None:
    """TT 22/2020/TT-BGDĐT, Điều 5: 30 + 30 + 40 points."""
    assert [[i.max_points for i in c.indicators] for c in OLD_DISTRICT.criteria] == [
        [10, 10, 10],
        [10, 5, 10, 5],
        [25, 10, 5],
    ]


def test_the_eight_qualities_of_a_learning_citizen_are_listed() -> None:
    """TT 22/2020/TT-BGDĐT, Điều 5 khoản 3 điểm a: eight dashes."""
    citizens = OLD_DISTRICT.indicator("cong_dan")
    assert citizens is not None

    listed, _ = citizens.example.vi.removeprefix("Tám điều là: ").split(". ", 1)

    assert len(listed.split("; ")) == 8


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        ("public_agency", {"kinh_phi"}),
        ("public_kindergarten", {"ho_tro_mam_non", "tap_huan_mam_non"}),
        ("general_school", {"muc_chuyen_doi_so"}),
        ("vocational_school", {"kiem_dinh"}),
        ("assesses_learners", {"nguoi_hoc"}),
    ],
)
def test_what_the_district_asks_of_some_units_only(fact: str, asked: set[str]) -> None:
    """TT 24/2023/TT-BGDĐT, Điều 6: parts that name a kind of unit."""
    assert _asked_more(DISTRICT, fact) == asked


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        ("public_agency", {"kinh_phi"}),
        ("public_kindergarten", {"ho_tro_mam_non"}),
        ("upper_secondary_school", {"muc_so_pho_thong"}),
        ("university", {"muc_so_dai_hoc"}),
        ("vocational_school", {"kiem_dinh"}),
        ("assesses_learners", {"nguoi_hoc"}),
    ],
)
def test_what_the_province_asks_of_some_units_only(fact: str, asked: set[str]) -> None:
    """TT 24/2023/TT-BGDĐT, Điều 12: parts that name a kind of unit."""
    assert _asked_more(PROVINCE, fact) == asked


def _asked_more(criteria: CriteriaSet, fact: str) -> set[str]:
    """What a unit of some kind is asked beyond one of no special kind."""
    conditions = (i.applies_when for i in criteria.indicators)
    plain = {condition.fact: 0 for condition in conditions if condition is not None}
    assert fact in plain
    before = {indicator.id for indicator in applicable(criteria, plain)}
    return {indicator.id for indicator in applicable(criteria, {**plain, fact: 1})} - before


@pytest.mark.parametrize("criteria", [DISTRICT, PROVINCE], ids=lambda criteria: criteria.id)
def test_members_of_economic_organisations_are_left_out_of_languages(criteria: CriteriaSet) -> None:
    """TT 24/2023/TT-BGDĐT, Điều 6 and Điều 7, khoản 2 điểm d."""
    asked = {n: {i.id for i in applicable(criteria, {"economic_organisation": n})} for n in (0, 1)}

    assert asked[0] - asked[1] == {"ngoai_ngu_chung_chi", "ngoai_ngu_trinh_do"}


@pytest.mark.parametrize("criteria", UNIT_SETS, ids=lambda criteria: criteria.id)
def test_each_set_says_that_there_is_no_district_any_more_and_whom_to_ask(criteria: CriteriaSet) -> None:
    assert criteria.note is not None
    assert "01/7/2025 không còn cấp huyện" in criteria.note.vi
    assert "hỏi Sở GDĐT" in criteria.note.vi
