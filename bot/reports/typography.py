"""Setting text: what the typeface can print, where lines break, and how large a text may be to fit its box."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.reports.fonts import STACKED_LETTERS, covered

Measure = Callable[[str], float]
"""Width of a text on one line, in the units of the page."""

NO_TEXT: Final = "–"
ELLIPSIS: Final = "…"
_STACKED: Final = re.compile("|".join(STACKED_LETTERS))
_SPACE: Final = re.compile(r"[^\S\u00a0]+")


def printable(text: str) -> str:
    """Return the text as the shipped typeface can print it, on one line.

    Letters are composed; one the typeface lacks loses its foreign mark ('ṻ' becomes 'u'), and what has no letter
    in it, an emoji for instance, is left out. A text of which nothing is left is printed as a dash.
    """
    letters = covered()
    composed = unicodedata.normalize("NFC", text.replace("\u202f", "\u00a0"))
    composed = _STACKED.sub(lambda found: STACKED_LETTERS[found[0]], composed)
    kept = "".join(_nearest(letter, letters) for letter in _SPACE.sub(" ", composed))
    result = re.sub(" +", " ", kept).strip()
    return result or (NO_TEXT if text.strip() else "")


def wrap(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Break a text into lines no wider than `width`; a word wider than a line is cut between letters.

    Returns: at least one line; a single letter wider than `width` stands alone.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if measure(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > 1 and measure(line) > width:
            cut = _letters_that_fit(line, width, measure)
            lines.append(line[:cut])
            line = line[cut:]
    return (*lines, line)


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text broken into lines at the size at which it fits."""

    size: int
    lines: tuple[str, ...]


def fit(
    text: str, width: float, max_lines: int, sizes: Sequence[int], measure_at: Callable[[int], Measure]
) -> FittedText:
    """Choose the largest of `sizes` (largest first) at which the text takes at most `max_lines` lines.

    At the smallest size what is left over is cut off, after a whole word if it can be, with an ellipsis. A size at
    which a word would have to be cut is passed over while there is a smaller one. No
    word is left alone on the last line if it can be helped.
    """
    for size in sizes:
        measure = measure_at(size)
        lines = wrap(text, width, measure)
        if len(lines) <= max_lines and all(measure(word) <= width for word in text.split(" ")):
            return FittedText(size, _without_orphan(text, lines, measure))
    size = sizes[-1]
    measure = measure_at(size)
    lines = wrap(text, width, measure)
    if len(lines) <= max_lines:
        return FittedText(size, lines)
    last = lines[max_lines - 1]
    while measure(last + ELLIPSIS) > width and last:
        last = last.rpartition(" ")[0] or last[:-1]
    return FittedText(size, (*lines[: max_lines - 1], last.rstrip() + ELLIPSIS))


def _without_orphan(text: str, lines: tuple[str, ...], measure: Measure) -> tuple[str, ...]:
    """Break a text into as many lines as before, but with company for a word that stands alone on the last one."""
    while len(lines) > 1 and " " not in lines[-1] and lines[-2].count(" ") > 1:
        narrower = wrap(text, max(measure(line) for line in lines) - 0.01, measure)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _nearest(letter: str, letters: frozenset[int]) -> str:
    """The letter itself, or with fewer marks, or what it is made of; nothing if the typeface has none of that."""
    while ord(letter) not in letters:
        base, *marks = unicodedata.decomposition(letter).split() or [""]
        if not marks or base.startswith("<"):
            return "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in letters)
        letter = chr(int(base, 16))
    return letter


def _letters_that_fit(word: str, width: float, measure: Measure) -> int:
    """How many letters of a too wide word fit on a line; at least one."""
    count = 1
    while count < len(word) and measure(word[: count + 1]) <= width:
        count += 1
    return count
