"""How many sheets are to be drawn: '10', '10 phiếu', '5 %', 'năm phần trăm'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogs.understanding.number import read_number
from bot.dialogs.understanding.text import fold

_SHEETS = ("phiếu", "hộ", "nhà", "gia đình", "sheets", "sheet", "households", "household")
_PERCENT = re.compile(r"(.+?) ?(?:%|phan tram|percent|per cent)(?: (?:so |cac )?(?:phieu|ho|nha|gia dinh))?")
_OPENING = re.compile(r"(?:xin |cho )?(?:lay|boc|chon|rut|kiem tra)(?: lai)? ")
_LONGEST = 40
_MOST_PERCENT = 100


@dataclass(frozen=True, slots=True)
class SampleSize:
    """A number of sheets, or a percentage of them."""

    count: int
    is_percent: bool = False


def read_sample_size(text: str) -> SampleSize | None:
    """Understand how many sheets are meant; None when it says no such thing."""
    said = _OPENING.sub("", " ".join(fold(text[:_LONGEST]).split()), count=1)
    percent = _PERCENT.fullmatch(said)
    number = read_number(percent[1]) if percent else read_number(said, units=_SHEETS)
    if number is None or number < 1 or (percent and number > _MOST_PERCENT):
        return None
    return SampleSize(int(number), is_percent=percent is not None)
