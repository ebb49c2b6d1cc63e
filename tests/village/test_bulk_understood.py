"""What is typed about one question for many: taken apart as people write it, households found and never guessed."""

from __future__ import annotations

import pytest

from bot.dialogs.understanding import BulkSaid, find_named, read_answered, read_bulk, read_excepted, says_excepted
from bot.dialogs.understanding.bulk import LONGEST_SENTENCE

ROLL = (
    ("001", "Nguyễn Văn An"),
    ("012", "Trần Thị Lan Anh"),
    ("017", "Bà Tư"),
    ("H-18", "Lê Văn Ba"),
    ("", "Phạm Ba"),
    ("20", "Hồ Văn Hòa"),
    ("21", "Vũ Thị Hoa"),
    ("22", "Và A Trụ"),
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("câu 7: tất cả có, trừ hộ 12, ông Ba", BulkSaid(7, "", "có", True, ("hộ 12", "ông ba"))),
        ("cau 7 tat ca co tru 12", BulkSaid(7, "", "co", True, ("12",))),
        ("Câu 7 có", BulkSaid(7, answer="có")),
        ("câu 7", BulkSaid(7)),
        ("7: có", BulkSaid(7, answer="có")),
        ("câu số 7, cả thôn đều chưa", BulkSaid(7, "", "chưa", True)),
        ("Câu 8: 10 quyển, ngoại trừ bà Tư và 017", BulkSaid(8, "", "10 quyển", False, ("bà tư", "017"))),
        ("sách báo: tất cả 10 quyển", BulkSaid(None, "sách báo", "10 quyển", True)),
        ("câu 1 tất cả", BulkSaid(1, says_all=True)),
        ("câu 7: mọi hộ có\ntrừ 12\nAn", BulkSaid(7, "", "có", True, ("12", "an"))),
        ("câu 7 trừ ông Trụ", BulkSaid(7, excepted=("ông trụ",))),
        ("câu 7: có, trừ 12 15 17", BulkSaid(7, "", "có", False, ("12", "15", "17"))),
        ("câu 7: có, trừ hộ 12 15", BulkSaid(7, "", "có", False, ("12", "15"))),
        ("question 7: all yes except 12, Ba", BulkSaid(7, "", "yes", True, ("12", "ba"))),
        ("ＣÂU ７： tất cả có", BulkSaid(7, "", "có", True)),
    ],
)
def test_a_sentence_is_taken_apart(text: str, said: BulkSaid) -> None:
    assert read_bulk(text) == said


@pytest.mark.parametrize("text", ["7", "có", "trừ An", "trừ: An, 12", "", "   ", "quay lại", "bà Tư"])
def test_what_names_no_question_is_something_else(text: str) -> None:
    assert read_bulk(text) is None


def test_the_answer_of_a_known_question_comes_with_its_exceptions() -> None:
    assert read_answered("tất cả có, trừ hộ 12") == BulkSaid(None, "", "có", True, ("hộ 12",))
    assert read_answered("10") == BulkSaid(answer="10")


@pytest.mark.parametrize(
    ("text", "named", "is_sure"),
    [
        ("trừ An, 017, bà Tư", ("an", "017", "bà tư"), True),
        ("tru an va hoa", ("an", "hoa"), True),
        ("An", ("an",), False),
        ("ông Trụ", ("ông trụ",), False),
        ("trừ không ai", (), True),
        ("không", (), False),
        ("trừ 12, 12", ("12",), True),
    ],
)
def test_several_are_named_at_once(text: str, named: tuple[str, ...], is_sure: bool) -> None:
    assert read_excepted(text) == named
    assert says_excepted(text) is is_sure


@pytest.mark.parametrize(
    ("said", "numbers_or_names"),
    [
        ("An", ["001"]),
        ("hộ 12", ["012"]),
        ("12", ["012"]),
        ("nhà bà Tư", ["017"]),
        ("tu", ["017"]),
        ("h18", ["H-18"]),
        ("18", ["H-18"]),
        ("hoà", ["20"]),
        ("ho van hoa", ["20"]),
        ("lan", ["012"]),
        ("ông Trụ", ["22"]),
        ("001", ["001"]),
        ("Lê Văn Ba", ["H-18"]),
        ("ông Ba", ["H-18", "Phạm Ba"]),
        ("hoa", ["20", "21"]),
        ("Ng", ["001"]),
        ("Anh Đào", []),
        ("99", []),
        ("12a", []),
        ("", []),
    ],
)
def test_a_name_or_number_means_whoever_fits_best_and_all_of_them(said: str, numbers_or_names: list[str]) -> None:
    found = [ROLL[at] for at in find_named(said, ROLL)]
    assert [number or name for number, name in found] == numbers_or_names


def test_a_roll_without_diacritics_is_found_by_names_typed_with_them() -> None:
    assert find_named("Nguyễn Văn Ản", [("1", "NGUYEN VAN AN")]) == (0,)


def test_long_texts_take_no_time() -> None:
    assert len(read_excepted("trừ " + "an, " * 5000)) == 1
    assert read_bulk("câu 7: " + "a " * LONGEST_SENTENCE) is not None
