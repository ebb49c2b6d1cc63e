"""What holds for every text anybody could send."""

from __future__ import annotations

import time
import tomllib
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.dialogs.understanding import (
    CODE_ALPHABET,
    fold,
    normal,
    read_choice,
    read_code,
    read_command,
    read_name,
    read_number,
    read_share,
    read_yes_no,
    split_command,
)

TABLE = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))
SAID = sorted(
    {word for section in TABLE.values() for ways in section.values() for said in ways for word in said.split()}
)
LABELS = ("Thường xuyên", "Thỉnh thoảng", "Không bao giờ", "Có, từ 3 cuốn trở lên")

READERS: dict[str, Callable[[str], object]] = {
    "yes_no": read_yes_no,
    "number": read_number,
    "decimal": lambda text: read_number(text, allow_decimal=True),
    "share": read_share,
    "share_of_4": lambda text: read_share(text, 4),
    "command": read_command,
    "choice": lambda text: read_choice(text, LABELS),
}
ANY_READER: dict[str, Callable[[str], object]] = {
    **READERS,
    "split": split_command,
    "name": read_name,
    "code": read_code,
    "fold": fold,
    "normal": normal,
}

anything = st.text(st.characters(), max_size=10_000)
"""Every code point, lone surrogates too."""
sayings = st.lists(st.sampled_from(SAID), max_size=12).map(" ".join)
vietnamese = st.text("aàảãáạăâeêioôơuưyđcghkmnpqrstvxADƠ ,./-?0123456789\u0301\u0323\u200b", max_size=60)
texts = st.one_of(sayings, vietnamese, anything)


def is_long(text: str) -> bool:
    return len(normal(text)) > 200


@given(texts)
@settings(max_examples=300, deadline=None)
def test_no_text_raises(text: str) -> None:
    for read in ANY_READER.values():
        read(text)


@given(st.one_of(sayings, vietnamese, st.text(max_size=80)))
@settings(max_examples=400, deadline=None)
@example("ẢẠ có")
@example("ŉ ß ǰ ı İ ſ")
def test_unicode_form_and_capitals_do_not_matter(text: str) -> None:
    for name, read in READERS.items():
        expected = read(text)
        assert read(text.upper()) == expected, name
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            assert read(unicodedata.normalize(form, text)) == expected, (name, form)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(normal(text)) == fold(text)
    assert normal(normal(text)) == normal(text)


@given(st.lists(st.sampled_from(SAID), min_size=100, max_size=400).map(" ".join).filter(is_long))
@settings(max_examples=100, deadline=None)
@example("có " * 100)
@example("3 " * 150)
@example("ờ" * 201)
def test_a_long_text_is_not_understood(text: str) -> None:
    assert [read(text) for read in READERS.values()] == [None] * len(READERS)


@pytest.mark.parametrize(
    "text",
    [
        piece * (10_000 // len(piece))
        for piece in (
            "a", " ", "có ", "dạ ", "ạ ", "dạ ạ ", "1", "1.", "1,000.", "2/", "/", "không có ", "một trăm ",
            "cảm ơn ", "thứ ",
            "a\u0301", "\u0301", "\u200b", "👍", "\n", "- ", "nhà em ", "?m=", "&start=A", "1-", "\u0323\u0301", "oà",
            "ﷺ",
        )
    ],
    ids=lambda text: repr(text[:10]),
)  # fmt: skip
def test_ten_thousand_letters_take_no_time(text: str) -> None:
    """Each reader looks at a bounded part; nothing in it is tried in more than a few ways."""
    started = time.perf_counter()
    for piece in (text, text[:2_000], text[:200]):
        for read in ANY_READER.values():
            read(piece)
    assert time.perf_counter() - started < 5


UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def two_digits(n: int, *, four: str, five: str) -> str:
    tens, unit = divmod(n, 10)
    words = "mười" if tens == 1 else f"{UNITS[tens]} mươi"
    if not unit:
        return words
    if unit == 1 and tens > 1:
        return f"{words} mốt"
    if unit == 4 and tens > 1:
        return f"{words} {four}"
    return f"{words} {five if unit == 5 else UNITS[unit]}"


def written_out(n: int, *, zero: str = "linh", thousand: str = "nghìn", four: str = "tư", five: str = "lăm") -> str:
    """Write a number below 10 000 as a school book does."""
    thousands, rest = divmod(n, 1000)
    hundreds, rest = divmod(rest, 100)
    words = [UNITS[thousands], thousand] if thousands else []
    if hundreds or (thousands and rest):
        words += [UNITS[hundreds], "trăm"]
    if rest >= 10:
        words.append(two_digits(rest, four=four, five=five))
    elif rest and words:
        words += [zero, UNITS[rest]]
    elif rest or not words:
        words.append(UNITS[rest])
    return " ".join(words)


def test_written_out_numbers_are_the_school_books() -> None:
    assert written_out(1005) == "một nghìn không trăm linh năm"
    assert written_out(9321) == "chín nghìn ba trăm hai mươi mốt"
    assert written_out(14) == "mười bốn"


@pytest.mark.parametrize("zero", ["linh", "lẻ"])
@pytest.mark.parametrize("thousand", ["nghìn", "ngàn"])
def test_every_number_up_to_9999_written_out_is_read_back(zero: str, thousand: str) -> None:
    wrong = {}
    for n in range(10_000):
        four, five = ("tư", "lăm") if n % 2 else ("bốn", "nhăm")
        words = written_out(n, zero=zero, thousand=thousand, four=four, five=five)
        for typed in (words, fold(words)):
            if read_number(typed) != n:
                wrong[typed] = read_number(typed)
    assert wrong == {}


@given(st.integers(-(10**12), 10**30))
def test_digits_are_read_back_with_or_without_groups(n: int) -> None:
    assert read_number(str(n)) == n
    assert read_number(f"{n:,}".replace(",", ".")) == n


@given(st.decimals(0, 10_000, places=2))
def test_fractions_are_read_back_with_comma_or_point(value: Decimal) -> None:
    assert read_number(str(value).replace(".", ","), allow_decimal=True) == value
    assert read_number(str(value), allow_decimal=True) == value


@given(st.integers(0, 300), st.integers(0, 300))
def test_shares_are_read_back_as_said(n: int, m: int) -> None:
    assert read_share(f"{n}/{m}") == (n, m)
    assert read_share(f"{n} trong số {m} người ạ") == (n, m)
    assert read_share(f"{m} người thì {n} người", m) == (n, m)
    assert read_share(f"{written_out(n)} trên {written_out(m)}") == (n, m)


@given(st.text(CODE_ALPHABET, min_size=4, max_size=16).filter(lambda code: read_command(code) is None))
def test_codes_are_read_back_however_they_are_grouped(code: str) -> None:
    for typed in (code, code.lower(), "-".join(code), f" {code[:4]} – {code[4:]} ", f"https://example.vn/?m={code}"):
        assert read_code(typed) == code


@given(texts)
@settings(max_examples=200, deadline=None)
def test_a_name_is_stable_and_can_be_stored(text: str) -> None:
    name = read_name(text)
    if name is not None:
        assert read_name(name) == name
        assert 1 <= len(name) <= 60
        assert unicodedata.is_normalized("NFC", name)
        assert name == " ".join(name.split())
        name.encode()
