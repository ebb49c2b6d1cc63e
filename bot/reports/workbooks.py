"""The criteria workbooks as the services need them; see ports.Workbooks."""

from __future__ import annotations

from bot.i18n import translator
from bot.ports import FindSet, RefusedFile, SoundWorkbook, UnsoundWorkbook
from bot.reports.criteria_workbook import Refused, Sound, Unsound, read_workbook, sentence


class CriteriaWorkbooks:
    """Reads and words workbooks."""

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
