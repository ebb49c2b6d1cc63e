"""The shipped typeface prints everything people here write."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest

from bot.messages.reports import MESSAGES
from bot.reports.fonts import BOLD, REGULAR, STACKED_LETTERS, covered
from bot.reports.typography import printable
from tests.reports.sheets import FAMILY, FAMILY_IN_ENGLISH

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
JRAI_AND_EDE = "ăâbƀčdđĕêĭñŏôơŭư"


def vietnamese_letters() -> set[str]:
    vowels = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
    small = vowels | set("bcdđghklmnpqrstvxfjwz")
    return small | {letter.upper() for letter in small}


def test_every_vietnamese_letter_is_in_both_weights() -> None:
    letters = vietnamese_letters()
    assert len(letters) == 2 * (12 * 6 + 21)
    assert [letter for letter in sorted(letters) if ord(letter) not in covered()] == []


def test_every_letter_of_jrai_and_ede_names_is_in_both_weights() -> None:
    letters = {*JRAI_AND_EDE, *JRAI_AND_EDE.upper(), *STACKED_LETTERS.values()}
    assert [letter for letter in sorted(letters) if ord(letter) not in covered()] == []


def test_every_character_of_the_fixed_words_is_in_the_font() -> None:
    texts = [str(text) for code, text in MESSAGES.items() if code.startswith("report.")]
    assert texts
    assert sorted({letter for text in texts for letter in text if ord(letter) not in covered()}) == []


def test_digits_signs_and_punctuation_are_in_the_font() -> None:
    assert [sign for sign in "0123456789.,:;!?%/()–-“”‘’…•·≥≤×½₫" if ord(sign) not in covered()] == []


def test_the_font_is_small_and_comes_with_its_licence() -> None:
    for font in (REGULAR, BOLD):
        assert 30_000 < font.stat().st_size < 200_000
    licence = (REGULAR.parent / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name" not in licence.splitlines()[0]


def test_nothing_of_a_realistic_sheet_is_lost_when_printed() -> None:
    for document in (FAMILY, FAMILY_IN_ENGLISH):
        for text in (document.subject_name, document.place, document.issuing_document, document.note or ""):
            assert printable(text) == text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        pytest.param(unicodedata.normalize("NFD", "Nguyễn Thị Hồng"), "Nguyễn Thị Hồng", id="decomposed"),
        pytest.param("  Nhà\tbác \n Bình ", "Nhà bác Bình", id="space"),
        pytest.param("Nhà Bình 🌸💐", "Nhà Bình", id="emoji"),
        pytest.param("🌸", "–", id="nothing left"),
        pytest.param("", "", id="empty"),
        pytest.param("Me\u0302\u0306ga", "M\ue001ga", id="stacked"),
        pytest.param("Zoë Ṁoore", "Zoë Moore", id="foreign mark"),
        pytest.param("66,7\u202f%", "66,7\u00a0%", id="narrow space"),
        pytest.param("a\x00b\u200bc\u0327\u0301", "abç", id="controls and marks"),
    ],
)
def test_what_cannot_be_printed_is_replaced_gently(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_the_idle_bot_loads_no_printing_library() -> None:
    """Nothing of Pillow, fpdf2, python-docx or fontTools is loaded before a sheet is asked for."""
    script = (
        "import sys, bot.reports, bot.reports.sheet_data, bot.messages.reports;"
        "print(sorted({'PIL', 'fpdf', 'docx', 'fontTools'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
