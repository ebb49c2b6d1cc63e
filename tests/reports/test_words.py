"""The fixed words of printed papers."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.messages.reports import MESSAGES
from bot.scoring.model import Standing
from tests.reports.sheets import ENGLISH, vietnamese


def test_english_has_the_same_codes_and_placeholders() -> None:
    printed = {code: source for code, source in MESSAGES.items() if code.startswith("report.")}
    assert set(ENGLISH) == set(printed)
    placeholders = re.compile(r"%\((\w+)\)s")
    for code, source in printed.items():
        assert isinstance(source, str)
        assert set(placeholders.findall(source)) == set(placeholders.findall(ENGLISH[code])), code


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_a_label_that_says_provisional(standing: Standing) -> None:
    assert "kết quả tạm tính" in vietnamese(f"report.standing.{standing}", {})
    assert vietnamese(f"report.standing.{standing}.means", {})


def test_the_sample_is_called_a_sample() -> None:
    assert vietnamese("report.standing.sample", {}) == "PHIẾU MẪU - kết quả tạm tính"


def test_dates_are_worded_by_the_translator() -> None:
    assert vietnamese("report.state.handed_in", {"date": date(2026, 10, 2)}) == "Đã nộp ngày 02/10/2026"
