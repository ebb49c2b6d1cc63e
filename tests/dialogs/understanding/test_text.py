"""Typed text in one form."""

from __future__ import annotations

import pytest

from bot.dialogs.understanding import fold, normal


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Dạ có Ạ", "dạ có ạ"),
        ("hoà thuỷ khoẻ", "hòa thủy khỏe"),
        ("tóan hòang qủa cuả", "toán hoàng quả của"),
        ("quý giúp gìa gì giặt", "quý giúp già gì giặt"),
        ("khuya ngoài người rượu truyện", "khuya ngoài người rượu truyện"),
        ("khuyến khích", "khuyến khích"),
        ("vie\u0323\u0302t vie\u0302\u0323t", "việt việt"),
        ("HỌC TẬP", "học tập"),
        ("Ðạt", "đạt"),  # the Icelandic letter of old fonts
        ("１２／３", "12/3"),
        ("có\u200b \u00a0 không\ufeff", "có không"),
        ("3️⃣", "3"),
        ("👍🏽", "yes"),
        ("có ❤️", "có"),
        ("“có”…", "có ."),
        ("2–3", "2-3"),
        ("có!!! ??", "có! ?"),
        ("٣", "3"),
        ("I don’t", "i dont"),
        ("\ud800a", "a"),
        ("", ""),
    ],
)
def test_normal(typed: str, expected: str) -> None:
    assert normal(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Dạ có Ạ", "da co a"),
        ("Đường ĐỜI", "duong doi"),
        ("ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ýỳỷỹỵ", "aaaaa aaaaa eeeee ooooo ooooo uuuuu yyyyy"),
        ("Ðạt", "dat"),
        ("❌", "no"),
        ("naïve Ça", "naive ca"),
    ],
)
def test_fold(typed: str, expected: str) -> None:
    assert fold(typed) == expected
