"""What is known of Cộng đồng học tập cấp xã by Thông tư 44/2014, and that no more is claimed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.scoring.errors import StructureOnly
from bot.scoring.model import CriteriaSet, PointsTitle, Provenance, Standing, SubjectKind
from bot.scoring.score import score
from bot.scoring.shipped import load_shipped

LAST_DAY = date(2024, 2, 11)


@pytest.fixture(scope="module")
def communes() -> CriteriaSet:
    return next(criteria for criteria in load_shipped() if criteria.id == "cong_dong_hoc_tap_xa_tt44")


def test_it_holds_fifteen_titles_and_the_points_of_the_first_alone(communes: CriteriaSet) -> None:
    """TT 44/2014/TT-BGDĐT: 15 tiêu chí; QĐ 1903/QĐ-UBND Quảng Bình (2015): tiêu chí 1 có 8 điểm."""
    assert len(communes.criteria) == 15
    assert [criterion.max_points for criterion in communes.criteria] == [8, *[None] * 14]
    assert communes.indicators == ()
    assert communes.subject is SubjectKind.COMMUNE


def test_what_is_seen_word_for_word_is_official(communes: CriteriaSet) -> None:
    assert communes.standing is Standing.OFFICIAL
    assert {criterion.provenance for criterion in communes.criteria} == {Provenance.VERBATIM}
    assert communes.note is not None
    assert "84,5 điểm không thuộc mức nào" in communes.note.vi


def test_its_bands_are_whole_numbers_with_gaps_between(communes: CriteriaSet) -> None:
    """TT 44/2014/TT-BGDĐT: Tốt 85-100, Khá 70-84, Trung bình 50-69; không có tiêu chí bị điểm 0."""
    titles = [title for title in communes.titles if isinstance(title, PointsTitle)]

    assert [(title.id, title.min_total, title.up_to) for title in titles] == [
        ("tot", Decimal(85), None),
        ("kha", Decimal(70), Decimal(84)),
        ("trung_binh", Decimal(50), Decimal(69)),
    ]
    assert all(title.no_zero_criterion for title in titles)


def test_it_is_in_force_until_the_day_before_circular_25(communes: CriteriaSet) -> None:
    """TT 25/2023/TT-BGDĐT bãi bỏ TT 44/2014 từ 12/02/2024."""
    assert not communes.is_in_force(date(2015, 1, 24))
    assert communes.is_in_force(date(2015, 1, 25))
    assert communes.is_in_force(LAST_DAY)
    assert not communes.is_in_force(LAST_DAY + timedelta(days=1))


def test_it_is_never_scored(communes: CriteriaSet) -> None:
    with pytest.raises(StructureOnly):
        score(communes, {}, {}, LAST_DAY)
