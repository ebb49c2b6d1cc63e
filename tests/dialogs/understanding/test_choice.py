"""One of several labels, by its place or its words, or none at all."""

from __future__ import annotations

import pytest

from bot.dialogs.understanding import read_choice

CONSENT = ("Đồng ý", "Không đồng ý")
OFTEN = ("Thường xuyên", "Thỉnh thoảng", "Không bao giờ")
CORNER = ("Có góc học tập riêng", "Có chỗ học chung", "Chưa có")
BOOKS = ("Dưới 5 cuốn", "Từ 5 đến 10 cuốn", "Trên 10 cuốn")
SCHOOL = ("Tiểu học", "Trung học cơ sở", "Trung học phổ thông", "Đại học")


@pytest.mark.parametrize(
    ("text", "labels", "index"),
    [
        ("1", OFTEN, 0), ("2", OFTEN, 1), ("3.", OFTEN, 2), ("２", OFTEN, 1), ("2️⃣", OFTEN, 1), ("2)", OFTEN, 1),
        ("#2", OFTEN, 1),
        ("(2)", OFTEN, 1), ("dạ 2 ạ", OFTEN, 1), ("hai", OFTEN, 1), ("số 2", OFTEN, 1), ("so 2", OFTEN, 1),
        ("câu 3", OFTEN, 2),
        ("ý 1", OFTEN, 0), ("cái thứ 2", OFTEN, 1), ("cái thứ hai", OFTEN, 1), ("thứ hai", OFTEN, 1),
        ("thu hai", OFTEN, 1),
        ("thứ nhất", OFTEN, 0), ("thứ tư", SCHOOL, 3), ("đầu tiên", OFTEN, 0), ("dau tien", OFTEN, 0),
        ("cái đầu", OFTEN, 0),
        ("cuối cùng", OFTEN, 2), ("cái cuối", OFTEN, 2), ("phương án 2", OFTEN, 1), ("đáp án b", OFTEN, 1),
        ("câu a", OFTEN, 0),
        ("em chọn số 2 ạ", OFTEN, 1), ("chọn 3", OFTEN, 2), ("first", OFTEN, 0), ("the second", OFTEN, 1),
        ("option 2", OFTEN, 1),
        ("02", OFTEN, 1), ("lựa chọn thứ ba", OFTEN, 2),
    ],
)  # fmt: skip
def test_a_place_chooses(text: str, labels: tuple[str, ...], index: int) -> None:
    assert read_choice(text, labels) == index


@pytest.mark.parametrize(
    ("text", "labels", "index"),
    [
        ("Đồng ý", CONSENT, 0), ("đồng ý", CONSENT, 0), ("dong y", CONSENT, 0), ("ĐỒNG Ý", CONSENT, 0),
        ("dạ đồng ý ạ", CONSENT, 0),
        ("tôi đồng ý", CONSENT, 0), ("đồng", CONSENT, 0), ("không đồng ý", CONSENT, 1), ("ko đồng ý", CONSENT, 1),
        ("khong dong y", CONSENT, 1), ("không", CONSENT, 1), ("ko", CONSENT, 1), ("thường xuyên", OFTEN, 0),
        ("thuong xuyen", OFTEN, 0),
        ("thường", OFTEN, 0), ("xuyên", OFTEN, 0), ("thinh thoang", OFTEN, 1), ("dạ thỉnh thoảng thôi ạ", OFTEN, None),
        ("em chọn thỉnh thoảng ạ", OFTEN, 1), ("không", OFTEN, 2), ("bao giờ", OFTEN, None), ("góc học tập", CORNER, 0),
        ("góc riêng", CORNER, 0), ("chỗ chung", CORNER, 1), ("chưa", CORNER, 2), ("chua co", CORNER, 2),
        ("cơ sở", SCHOOL, 1),
        ("phổ thông", SCHOOL, 2), ("dai hoc", SCHOOL, 3), ("đại học ạ", SCHOOL, 3), ("trung học", SCHOOL, None),
        ("học", SCHOOL, None),
        ("dưới 5 cuốn", BOOKS, 0), ("từ 5 đến 10", BOOKS, 1), ("trên 10", BOOKS, 2), ("duoi 5", BOOKS, 0),
        ("có", ("Có", "Không"), 0), ("co", ("Có", "Không"), 0), ("có", ("Có đầy đủ", "Không có"), 0),
        ("hòa", ("Hoà", "Bình"), 0),
        ("Đạt", ("Đạt", "Đất"), 0), ("đất", ("Đạt", "Đất"), 1), ("bà", ("Ba", "Bà"), 1),
        ("xã Phú Cần", ("Xã Phú Cần", "Xã Ia Mlah"), 0),
        ("phu can", ("Xã Phú Cần", "Xã Ia Mlah"), 0), ("mlah", ("Xã Phú Cần", "Xã Ia Mlah"), 1),
        ("Buôn Chính Hòa", ("Buôn Chính Hoà", "Buôn Mlah"), 0), ("thôn 2", ("Thôn 1", "Thôn 2"), 1),
    ],
)  # fmt: skip
def test_words_choose_the_one_label_they_mean(text: str, labels: tuple[str, ...], index: int | None) -> None:
    assert read_choice(text, labels) == index


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("0", OFTEN), ("4", OFTEN), ("99", OFTEN), ("-1", OFTEN), ("1.5", OFTEN), ("1 2", OFTEN), ("1 hay 2", OFTEN),
        ("số 4", OFTEN),
        ("thứ tư", OFTEN), ("a", OFTEN), ("b", OFTEN), ("tư", SCHOOL), ("nhất", OFTEN), ("", OFTEN), ("?", OFTEN),
        ("thường xuyên?", OFTEN),
        ("th", OFTEN), ("thoáng", OFTEN), ("dat", ("Đạt", "Đất")), ("ba", ("Ba", "Bà")), ("ba", ("Mẹ", "Ba", "Ông")),
        ("ý", CONSENT),
        ("có", CORNER), ("có", ("Không có", "Đủ")), ("đạt", ("Không đạt", "Tốt")),
        ("có", ("Có nhiều", "Một ít", "Không")),
        ("co", ("Gia đình", "Cộng đồng")), ("chưa đồng ý", CONSENT), ("không biết", OFTEN),
        ("không thường xuyên", OFTEN),
        ("5 cuốn", BOOKS), ("10 cuốn", BOOKS), ("cuốn", BOOKS), ("thường xuyên hay thỉnh thoảng", OFTEN),
        ("1", ("0", "1", "2")),
        ("1", ()), ("đọc sách", ("Đọc sách nhưng không đều", "Khác")), ("hai", ("Một", "Ba", "Hai")),
    ],
)  # fmt: skip
def test_what_could_mean_another_label_chooses_none(text: str, labels: tuple[str, ...]) -> None:
    assert read_choice(text, labels) is None


@pytest.mark.parametrize("text", ["9", "3", "chín", "ba"])
def test_a_number_beside_labels_that_are_numbers_is_no_place(text: str) -> None:
    """On a keypad from 0 to 8, "9" is not the ninth key."""
    assert read_choice(text, [str(n) for n in range(9)]) is None


def test_a_number_that_is_a_label_and_another_place_can_be_said_as_a_place() -> None:
    assert read_choice("số 2", ("0", "1", "2")) == 1
