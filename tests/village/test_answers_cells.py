"""What a cell of the workbook of answers means, however it was typed; and why it means nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.screens import Say
from bot.dialogs.village.cells import CellValue, is_same, mark_of, understood
from bot.i18n import translator
from bot.scoring.judging import fits
from bot.scoring.model import Answer, Chosen, Derived, Indicator, NotApplicable, Quantity, Share, YesNo
from bot.scoring.shipped import load_shipped

SETS = {each.id: each for each in load_shipped()}
FAMILY, CLAN = SETS["gia_dinh_mau"], SETS["dong_ho_mau"]
HOME = {"adults": 3, "school_age_children": 2, "difficult_area": 0}
SEAT, BOOKS, MONEY, READERS, LEARNED, CHILDREN = (
    "dieu_kien_goc_hoc",
    "dieu_kien_sach_bao",
    "dieu_kien_quy",
    "nguoi_lon_biet_chu",
    "nguoi_lon_hoc_them",
    "tre_em_di_hoc",
)
DATES = "answers.cell.became_a_day"


def meant(indicator_id: str, value: CellValue, profile: dict[str, int] | None = None) -> Answer | str:
    """The answer, or the code of what is wrong."""
    indicator = FAMILY.indicator(indicator_id) or CLAN.indicator(indicator_id)
    assert indicator is not None
    found = understood(indicator, HOME if profile is None else profile, value)
    assert not isinstance(found, Say) or translator("vi").say(found)
    return found.code if isinstance(found, Say) else found


@pytest.mark.parametrize(
    "value", ["Có", "có", "CÓ", "co", "x", "X", "xx", "v", "✓", "✔", 1, "1", True, "đạt", "Yes", " có "]
)
def test_yes(value: CellValue) -> None:
    assert meant(SEAT, value) == YesNo(True)


@pytest.mark.parametrize("value", ["Chưa", "chưa có", "không", "ko", "k", 0, "0", False, "No", "chua"])
def test_no(value: CellValue) -> None:
    assert meant(SEAT, value) == YesNo(False)


@pytest.mark.parametrize("value", ["?", "hỏi lại", 2, "có lẽ", Decimal("0.5"), "-"])
def test_neither_yes_nor_no(value: CellValue) -> None:
    assert meant(SEAT, value) == "answers.cell.yes_no"


@pytest.mark.parametrize(
    ("value", "option"),
    [
        ("Có, để dành đều", "deu"),
        ("có để dành", None),
        ("CÓ, ĐỂ DÀNH ĐỀU", "deu"),
        ("co, de danh deu", "deu"),
        ("Khi cần mới lo ", "khi_can"),
        (1, "deu"),
        ("3", "chua"),
    ],
)
def test_a_choice_by_its_words_or_its_place(value: CellValue, option: str | None) -> None:
    found = meant(MONEY, value)
    ids = [o.id for o in FAMILY.indicator(MONEY).rule.options]  # type: ignore[union-attr]  # it is one_of
    place = {"deu": 0, "khi_can": 1, "chua": 2}
    assert found == ("answers.cell.one_of" if option is None else Chosen(ids[place[option]]))


@pytest.mark.parametrize("value", [4, 0, "9", "nhiều", True])
def test_no_such_choice(value: CellValue) -> None:
    assert meant(MONEY, value) == "answers.cell.one_of"


@pytest.mark.parametrize(
    ("value", "number"),
    [(12, 12), ("12", 12), ("12 cuốn", 12), ("mười hai", 12), (Decimal(12), 12), (1500, 1500), (0, 0)],
)
def test_a_number(value: CellValue, number: int) -> None:
    assert meant(BOOKS, value) == Quantity(Decimal(number))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("nhiều", "answers.cell.number"),
        (True, "answers.cell.number"),
        (-1, "answers.cell.wrong"),
        (10001, "answers.cell.wrong"),
        (Decimal("2.5"), "answers.cell.wrong"),
        ("#REF!", "answers.cell.error_value"),
        ("#N/A", "answers.cell.error_value"),
        ("x" * 300, "answers.cell.too_long"),
        (date(2026, 3, 4), DATES),
    ],
)
def test_no_number(value: CellValue, why: str) -> None:
    assert meant(BOOKS, value) == why


@pytest.mark.parametrize("value", ["2/3", "2 / 3", "2 trên 3", "hai trên ba", 2, "2"])
def test_a_share_of_what_the_household_has_told(value: CellValue) -> None:
    assert meant(LEARNED, value) == Share(2, 3)


@pytest.mark.parametrize("value", ["18/24", "18 / 24", "18 trên 24", " 18/24 "])
def test_a_share_with_both_numbers(value: CellValue) -> None:
    assert meant(READERS, value) == Share(18, 24)


@pytest.mark.parametrize(
    ("indicator", "value", "why"),
    [
        (READERS, 18, "answers.cell.share"),
        (READERS, Decimal("0.75"), "answers.cell.share"),
        (READERS, "75%", "answers.cell.share"),
        (READERS, "5/3", "answers.cell.wrong"),
        (LEARNED, "2/4", "answers.cell.wrong"),
        (LEARNED, 4, "answers.cell.wrong"),
        (LEARNED, "hết", Share(3, 3)),
        (READERS, date(2026, 4, 3), DATES),
    ],
)
def test_other_shares(indicator: str, value: CellValue, why: str | Answer) -> None:
    assert meant(indicator, value) == why


def test_a_date_says_how_to_type_it_instead() -> None:
    """'3/4' became 3 April, or 4 March, by the country the program is set to."""
    indicator = FAMILY.indicator(READERS)
    assert indicator is not None
    found = understood(indicator, HOME, date(2026, 4, 3))
    assert isinstance(found, Say)
    assert translator("vi").say(found).endswith("ví dụ: '3/4.")


@pytest.mark.parametrize("value", ["Không áp dụng", "khong ap dung", "0/0", "N/A", "Not applicable"])
def test_what_does_not_concern_them(value: str) -> None:
    assert meant(READERS, value) == NotApplicable()
    assert meant(SEAT, value) in ("answers.cell.applies", "answers.cell.yes_no")


def test_a_question_that_is_not_asked_of_a_household() -> None:
    assert meant(CHILDREN, "1/1", {"adults": 2, "school_age_children": 0}) == "answers.cell.not_asked_because"


def test_a_computed_share_is_not_typed() -> None:
    assert meant("ho_gia_dinh_hoc_tap", "18/24", {}) == "answers.cell.computed"


def test_the_same_answer_has_the_same_mark_however_it_is_written() -> None:
    assert mark_of(Quantity(Decimal("3.0"))) == mark_of(Quantity(Decimal(3))) == mark_of(Quantity(Decimal("3E+0")))
    assert is_same(Derived(1, 2, override_reason="vì"), Share(1, 2))
    assert mark_of(None) == ""
    assert len({mark_of(each) for each in (YesNo(True), YesNo(False), Share(1, 2), Share(2, 2), NotApplicable())}) == 5


@given(
    st.sampled_from([i for each in SETS.values() for i in each.indicators]),
    st.sampled_from([{}, HOME]),
    st.text(max_size=60)
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates(),
)
def test_anything_typed_is_an_answer_that_fits_or_a_sentence(
    indicator: Indicator, profile: dict[str, int], value: CellValue
) -> None:
    found = understood(indicator, profile, value)
    if isinstance(found, Say):
        assert translator("vi").say(found)
    else:
        assert fits(indicator, found, profile)
