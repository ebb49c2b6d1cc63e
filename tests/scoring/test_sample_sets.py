"""What the sample sheets for clans, hamlets, units and centres promise: they say that they are samples, everywhere."""

from __future__ import annotations

from datetime import date

import pytest

from bot.scoring.facts import facts_used
from bot.scoring.model import CriteriaSet, DerivedRule, PointsTitle, Provenance, Standing, SubjectKind
from bot.scoring.shipped import load_shipped

SUBJECTS = {
    "dong_ho_mau": SubjectKind.CLAN,
    "cong_dong_thon_mau": SubjectKind.VILLAGE,
    "don_vi_co_so_mau": SubjectKind.UNIT,
    "trung_tam_mau": SubjectKind.LEARNING_CENTRE,
}
SETS = {criteria.id: criteria for criteria in load_shipped() if criteria.id in SUBJECTS}
of_each_set = pytest.mark.parametrize("criteria", SETS.values(), ids=SETS)


def test_each_subject_has_its_sheet() -> None:
    assert {set_id: criteria.subject for set_id, criteria in SETS.items()} == SUBJECTS


@of_each_set
def test_a_sample_says_so_in_title_document_and_note(criteria: CriteriaSet) -> None:
    assert criteria.standing is Standing.SAMPLE
    assert criteria.title.vi.endswith("(phiếu mẫu)")
    assert criteria.issuing_document.startswith("Phiếu mẫu")
    assert criteria.note is not None
    assert criteria.note.vi.startswith("Đây là phiếu mẫu, chưa phải bộ tiêu chí chính thức")


@of_each_set
def test_no_indicator_claims_to_be_anything_but_the_samples_own(criteria: CriteriaSet) -> None:
    assert {indicator.provenance for indicator in criteria.indicators} == {Provenance.OWN_SAMPLE}
    assert all(indicator.article.startswith("Phiếu mẫu, mục") for indicator in criteria.indicators)


@of_each_set
def test_the_note_owns_every_mark_that_decides_a_title(criteria: CriteriaSet) -> None:
    assert criteria.note is not None
    for title in criteria.titles:
        assert isinstance(title, PointsTitle)
        assert title.article is None
        assert f"{title.min_total} điểm" in criteria.note.vi
    assert "là của phiếu mẫu" in criteria.note.vi


@of_each_set
def test_the_articles_count_through_the_sheet(criteria: CriteriaSet) -> None:
    numbers = [indicator.article.removeprefix("Phiếu mẫu, mục ")[:3] for indicator in criteria.indicators]

    assert numbers == [
        f"{n}.{m}" for n, criterion in enumerate(criteria.criteria, 1) for m in range(1, len(criterion.indicators) + 1)
    ]


@of_each_set
def test_a_sheet_is_short_and_has_a_hundred_points_for_2021_to_2030(criteria: CriteriaSet) -> None:
    assert 8 <= len(criteria.indicators) <= 12
    assert criteria.max_total == 100
    assert (criteria.valid_from, criteria.valid_until) == (date(2021, 1, 1), date(2030, 12, 31))


def test_recognised_families_citizens_and_clans_are_counted_where_they_are_below() -> None:
    counted = {
        set_id: [i.rule.of for i in criteria.indicators if isinstance(i.rule, DerivedRule)]
        for set_id, criteria in SETS.items()
    }

    assert counted == {
        "dong_ho_mau": [SubjectKind.HOUSEHOLD],
        "cong_dong_thon_mau": [SubjectKind.HOUSEHOLD, SubjectKind.CITIZEN, SubjectKind.CLAN],
        "don_vi_co_so_mau": [],
        "trung_tam_mau": [SubjectKind.HOUSEHOLD],
    }


def test_a_sheet_asks_only_for_counts_of_its_subject_and_the_setting_of_its_place() -> None:
    """Counts, not names; no ethnicity, religion, national id (Luật 91/2025/QH15)."""
    assert {set_id: facts_used(criteria) for set_id, criteria in SETS.items()} == {
        "dong_ho_mau": {"households", "members", "difficult_area"},
        "cong_dong_thon_mau": {"households", "citizens", "clans", "difficult_area"},
        "don_vi_co_so_mau": {"members"},
        "trung_tam_mau": {"households", "citizens", "difficult_area"},
    }
