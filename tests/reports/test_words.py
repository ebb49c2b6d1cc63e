"""The fixed words of printed papers."""

from __future__ import annotations

from datetime import date

import pytest

from bot.scoring.model import Standing
from tests.reports.sheets import vietnamese


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_a_label_that_says_provisional(standing: Standing) -> None:
    assert "kết quả tạm tính" in vietnamese(f"report.standing.{standing}", {})
    assert vietnamese(f"report.standing.{standing}.means", {})


def test_the_sample_is_called_a_sample() -> None:
    assert vietnamese("report.standing.sample", {}) == "PHIẾU MẪU - kết quả tạm tính"


def test_dates_are_worded_by_the_translator() -> None:
    assert vietnamese("report.state.handed_in", {"date": date(2026, 10, 2)}) == "Đã nộp ngày 02/10/2026"
