"""A file that is not read as a spreadsheet at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not read as a workbook at all."""

    reason_code: str
    """A key of bot.messages: 'workbook.refused.formulas'."""
    params: Mapping[str, str | int]


class RefusedFileError(Exception):
    """A file must not, or cannot, be read; never leaves the reports."""

    def __init__(self, reason: str, /, **params: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.refused = Refused(f"workbook.refused.{reason}", MappingProxyType(params))
