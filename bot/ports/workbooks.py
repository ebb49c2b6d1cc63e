"""Criteria sets as workbooks, read for the services; implemented by reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.scoring.model import CriteriaSet

FindSet = Callable[[str, str], CriteriaSet | None]
"""(id, version) -> a known set."""


@dataclass(frozen=True, slots=True)
class SoundWorkbook:
    """A workbook that holds a set, and what it was made from and for."""

    criteria: CriteriaSet
    place_id: int
    base_id: str
    base_version: str


@dataclass(frozen=True, slots=True)
class UnsoundWorkbook:
    """What is to be mended, a worded sentence each, in reading order; never empty."""

    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """Why a file is not read at all, as a worded sentence."""

    why: str


class Workbooks(Protocol):
    """Reads workbooks; slow, so to be called on a thread."""

    def is_own(self, data: bytes) -> bool:
        """Whether a file is a criteria workbook, or an Excel file that cannot be read. Never raises for any bytes."""

    def read(self, data: bytes, find: FindSet, locale: str) -> SoundWorkbook | UnsoundWorkbook | RefusedFile:
        """Read a workbook; sentences are worded for `locale`. Never raises for any bytes."""
