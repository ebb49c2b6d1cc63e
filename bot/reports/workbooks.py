"""The criteria workbooks as the services need them; see ports.Workbooks."""

from __future__ import annotations

from bot.i18n import translator
from bot.ports import FindSet, RefusedFile, SoundWorkbook, UnsoundWorkbook
from bot.reports.criteria_workbook import Refused, Sound, Unsound, is_criteria_workbook, read_workbook, sentence


class CriteriaWorkbooks:
    """Reads and words workbooks."""

    def is_own(self, data: bytes) -> bool:
        """Whether a file is a criteria workbook; see ports.Workbooks."""
        return data.startswith(b"PK") and is_criteria_workbook(data)

    def read(self, data: bytes, find: FindSet, locale: str) -> SoundWorkbook | UnsoundWorkbook | RefusedFile:
        """Read a workbook; see ports.Workbooks."""
        words = translator(locale)
        match read_workbook(data, find):
            case Sound(criteria, place_id, base_id, base_version):
                return SoundWorkbook(criteria, place_id, base_id, base_version)
            case Unsound(problems):
                return UnsoundWorkbook(tuple(sentence(problem, words) for problem in problems))
            case Refused() as refused:
                return RefusedFile(sentence(refused, words))
