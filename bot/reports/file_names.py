"""Names of files that people are sent."""

from __future__ import annotations

import re
from typing import Final

from bot.dialogs.understanding import fold

_LONGEST_NAME: Final = 60
"""Letters of a title in the name of its file."""


def file_name(title: str, ending: str, year: str = "") -> str:
    """Return a name of plain letters and figures that every phone, printer and Windows can hold.

    A long title is cut after a whole word; the year stays.
    """
    plain = fold(title).encode("ascii", "ignore").decode()
    words: list[str] = []
    for word in re.findall("[a-z0-9]+", plain):
        if words and len("-".join((*words, word))) > _LONGEST_NAME:
            break
        words.append(word)
    return f"{'-'.join((*words, *([year] if year else [])))}.{ending}"
