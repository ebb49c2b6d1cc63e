"""Lines never grow wider than their box."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.reports.typography import ELLIPSIS, Measure, fit, wrap

WORDS = st.lists(st.text("abcdđêgừẫ0123", min_size=1, max_size=30), min_size=1, max_size=30).map(" ".join)


def ten_a_letter(text: str) -> float:
    return 10.0 * len(text)


def a_letter_is_its_size(size: int) -> Measure:
    return lambda text: float(size * len(text))


def test_words_go_on_the_next_line() -> None:
    assert wrap("Gia đình học tập", 80, ten_a_letter) == ("Gia đình", "học tập")


def test_a_word_wider_than_a_line_is_cut() -> None:
    assert wrap("a bcdefgh", 30, ten_a_letter) == ("a", "bcd", "efg", "h")


@given(WORDS, st.integers(10, 400))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width, ten_a_letter)
    assert all(ten_a_letter(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_the_largest_size_that_fits_is_taken() -> None:
    fitted = fit("học tập", 70, 1, (20, 10, 5), a_letter_is_its_size)
    assert (fitted.size, fitted.lines) == (10, ("học tập",))


def test_a_smaller_size_is_better_than_a_cut_word() -> None:
    fitted = fit("khuyến", 60, 3, (30, 20, 10), a_letter_is_its_size)
    assert (fitted.size, fitted.lines) == (10, ("khuyến",))


def test_what_never_fits_ends_in_an_ellipsis() -> None:
    assert fit("một hai ba bốn", 40, 2, (20, 10), a_letter_is_its_size).lines == ("một", "hai" + ELLIPSIS)


def test_the_ellipsis_follows_a_whole_word_where_it_can() -> None:
    assert fit("một hai ba bốn năm", 80, 1, (10,), a_letter_is_its_size).lines == ("một hai" + ELLIPSIS,)
    assert fit("một nămmươi sáu", 110, 1, (10,), a_letter_is_its_size).lines == ("một" + ELLIPSIS,)
    assert fit("nămmươilăm", 50, 1, (10,), a_letter_is_its_size).lines == ("nămm" + ELLIPSIS,)


@given(WORDS, st.integers(30, 400), st.integers(1, 3))
def test_a_fitted_text_keeps_its_width_and_lines(text: str, width: int, max_lines: int) -> None:
    fitted = fit(text, width, max_lines, (20, 15, 10), a_letter_is_its_size)
    assert 1 <= len(fitted.lines) <= max_lines
    assert all(fitted.size * len(line) <= width for line in fitted.lines)
