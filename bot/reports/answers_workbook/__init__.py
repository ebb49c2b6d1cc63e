"""The answers of a hamlet's households as a workbook: written, filled in by people without signal, read back.

openpyxl is loaded by the first that writes: most processes never do.
"""

from __future__ import annotations

from bot.i18n import Translator
from bot.reports.answers_workbook.content import AnswersRow, AnswersTable
from bot.reports.answers_workbook.reading import AnswersFiles

__all__ = ["AnswersFiles", "AnswersRow", "AnswersTable", "write_answers"]


def write_answers(table: AnswersTable, words: Translator) -> bytes:
    """Write a workbook; reading it unedited gives no answer at all, and the same table gives the same bytes.

    Args:
        words: the language of headings and choices; what is typed is understood in every one.
    """
    from bot.reports.answers_workbook.writing import written_workbook  # noqa: PLC0415 - see above

    return written_workbook(table, words)
