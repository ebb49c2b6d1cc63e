"""The Excel view of a criteria set: written, edited by people, read back and marked.

openpyxl is loaded by the first that writes: most processes never do.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.i18n import Translator
from bot.reports.criteria_workbook.layout import lay_out
from bot.reports.criteria_workbook.outcome import CellProblem, ReadWorkbook, Sound, Unsound
from bot.reports.criteria_workbook.reading import FindSet, is_criteria_workbook, read_workbook
from bot.reports.criteria_workbook.wording import sentence
from bot.reports.spreadsheets.refusal import Refused
from bot.scoring.model import CriteriaSet

__all__ = [
    "CellProblem",
    "FindSet",
    "ReadWorkbook",
    "Refused",
    "Sound",
    "Unsound",
    "is_criteria_workbook",
    "mark_workbook",
    "read_workbook",
    "sentence",
    "write_workbook",
]


def write_workbook(criteria: CriteriaSet, place: str, place_id: int, words: Translator) -> bytes:
    """Write a set as a workbook; read_workbook gives an equal set back, and the same set gives the same bytes.

    Args:
        place: name of the place it is made for, such as 'xã Phú Túc, tỉnh Gia Lai'.
        words: the language of headings and listed words; read_workbook understands all of them.

    Raises: ValueError: a text is longer than a cell can hold.
    """
    from bot.reports.criteria_workbook.dressing import dress, packed  # noqa: PLC0415 - see above

    return packed(dress(lay_out(criteria, place, place_id, words), words))


def mark_workbook(data: bytes, problems: Iterable[CellProblem], words: Translator) -> bytes:
    """Return a copy of an unsound workbook: its cells to mend in red with a note, and a first sheet that lists them.

    The copy holds every value in its own cell and sheet, with headings, notes and drop-downs as new; it can be mended
    and sent back.

    Raises: RefusedFileError: `data` is nothing that read_workbook found unsound.
    """
    from bot.reports.criteria_workbook.marking import marked_copy  # noqa: PLC0415 - see above

    return marked_copy(data, problems, words)
