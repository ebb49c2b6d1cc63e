"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.understanding import read_phone
from bot.dialogs.understanding.phone import spaced


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(0912) 345678",
        "+84912345678",
        "+84 912 345 678",
        "+84 (0)912 345 678",
        "84912345678",
        "0084 912345678",
        "912345678",
        "số 0912345678",
        "SĐT: 0912 345 678",
        "số điện thoại là 0912345678.",
        "đt 0912345678",
        "zalo 0912345678",
        "０９１２３４５６７８",
    ],
)
def test_one_number_however_it_is_written(typed: str) -> None:
    assert read_phone(typed) == "0912345678"


@pytest.mark.parametrize(("typed", "read"), [("024 3825 1234", "02438251234"), ("0203.382.5123", "02033825123")])
def test_a_line_at_home(typed: str, read: str) -> None:
    assert read_phone(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["", "không có", "0912 345", "0112345678", "0912345678 0987654321", "1/2", "17", "01234567890", "9" * 50, "09a12"],
)
def test_anything_else_is_no_number(typed: str) -> None:
    assert read_phone(typed) is None


@given(st.text(max_size=60))
def test_what_is_read_is_a_number_that_reads_as_itself(typed: str) -> None:
    phone = read_phone(typed)
    if phone is not None:
        assert phone.isascii()
        assert phone.isdigit()
        assert read_phone(phone) == phone
        assert read_phone(spaced(phone)) == phone
