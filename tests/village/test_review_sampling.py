"""Anybody who knows the seed draws the same sheets again."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.understanding.sample_size import SampleSize, read_sample_size
from bot.dialogs.village.sampling import draw_sample, share_of


def test_a_sample_drawn_by_hand() -> None:
    """As the module describes it, worked out here step by step for seed 2026 and the sheets 11 to 15."""
    number = 2026
    for _ in range(10):
        number = number * 48271 % 2147483647
    hat = [11, 12, 13, 14, 15]
    drawn = []
    for _ in range(3):
        number = number * 48271 % 2147483647
        at = number % len(hat)
        drawn.append(hat[at])
        hat[at] = hat[-1]
        del hat[-1]
    assert draw_sample([15, 11, 13, 12, 14], 3, 2026) == tuple(sorted(drawn))


def test_the_generator_is_the_published_one() -> None:
    """Park and Miller's check of 1993 for this multiplier: from 1, the 10 000th number is 399268537."""
    number = 1
    for _ in range(10_000):
        number = number * 48271 % 2147483647
    assert number == 399268537


SHEETS = st.sets(st.integers(1, 10**9), max_size=200).map(sorted)


@given(SHEETS, st.integers(0, 250), st.integers(1, 999_999_999))
def test_a_sample_is_some_of_the_sheets_each_once(sheets: list[int], size: int, seed: int) -> None:
    drawn = draw_sample(sheets, size, seed)
    assert len(drawn) == min(size, len(sheets))
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= set(sheets)
    assert list(drawn) == sorted(drawn)
    assert draw_sample(list(reversed(sheets)), size, seed) == drawn


def test_every_sheet_comes_out_about_as_often() -> None:
    counts = Counter(each for seed in range(1, 4001) for each in draw_sample(range(10), 2, seed))
    assert set(counts) == set(range(10))
    assert max(counts.values()) - min(counts.values()) < 200  # 800 each on average


@given(st.integers(1, 100), st.integers(0, 500))
def test_some_percent_are_at_least_one_sheet_and_never_more_than_all(percent: int, of: int) -> None:
    count = share_of(percent, of)
    assert (count >= 1) is (of > 0)
    assert count <= of
    assert count - 1 < percent * of / 100 <= count


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10", SampleSize(10)),
        ("10 phiếu", SampleSize(10)),
        ("muoi phieu", SampleSize(10)),
        ("bốc 12 hộ", SampleSize(12)),
        ("5%", SampleSize(5, is_percent=True)),
        ("5 %", SampleSize(5, is_percent=True)),
        ("năm phần trăm", SampleSize(5, is_percent=True)),
        ("lấy 8 phần trăm số hộ", SampleSize(8, is_percent=True)),
        ("0", None),
        ("101 %", None),
        ("-3", None),
        ("vài phiếu", None),
        ("quay lại", None),
    ],
)
def test_how_many_is_understood_as_people_say_it(text: str, size: SampleSize | None) -> None:
    assert read_sample_size(text) == size
