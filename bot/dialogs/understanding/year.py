"""A year: '2025', 'năm 2025', 'năm ngoái', 'last year'."""

from __future__ import annotations

import re

from bot.dialogs.understanding.courtesy import ENDINGS, OPENING_PHRASES
from bot.dialogs.understanding.phrases import Phrases, cores, listed, words
from bot.dialogs.understanding.text import understandable

_OPENINGS = Phrases(OPENING_PHRASES | listed("cho, của, đánh giá, đánh giá cho, chọn, xin chọn, for, the year"))
_YEAR = re.compile(r"(?:nam |year )?(\d{4})")
_YEARS_AGO = {
    **dict.fromkeys(("nam nay", "nam hien tai", "nam hien nay", "this year"), 0),
    **dict.fromkeys(
        ("nam ngoai", "nam truoc", "nam qua", "nam vua qua", "nam vua roi", "nam roi", "nam cu", "last year"), 1
    ),
    **dict.fromkeys(("nam kia", "nam truoc nua", "hai nam truoc", "2 nam truoc", "two years ago"), 2),
}


def read_year(text: str, this_year: int) -> int | None:
    """Read a year in four figures, or as seen from this year; None when it is not surely one."""
    said = understandable(text)
    if said is None:
        return None
    for core in cores(words(said.strip(" ;.,!")), _OPENINGS, ENDINGS):
        folded = " ".join(word.folded for word in core)
        if folded in _YEARS_AGO:
            return this_year - _YEARS_AGO[folded]
        if found := _YEAR.fullmatch(folded):
            return int(found[1])
    return None
