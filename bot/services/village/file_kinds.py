"""The kinds of file that a village's people send in: what each has to be able to do, so that one job reads them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.dialogs.village.import_facts import ImportKind
from bot.ports import Upload
from bot.ports.village.imports import Applying, Decisions, ImportFiles, Matched, ReadFile
from bot.services.village.asker import Asker


@dataclass(frozen=True, slots=True)
class Chunk:
    """What came of applying some rows."""

    new: int = 0
    updated: int = 0
    left_alone: int = 0
    """Rows that were not written after all: outdated, undecided, or not allowed any more."""


class FileKind(Protocol):
    """A roll, or a workbook of answers.

    Reading is pure and runs on a thread; matching and applying ask and write what they need through `asker.work`, and
    check `asker.holds(...)` for every place and subject they touch.
    """

    kind: ImportKind
    files: ImportFiles

    async def match(self, asker: Asker, upload: Upload, read: ReadFile, decided: Decisions) -> Matched:
        """Say what would become of the rows as things are now: READ, or REFUSED with one problem that says why."""

    async def apply(self, asker: Asker, applying: Applying, rows: Sequence[str]) -> Chunk:
        """Write the next rows in the transaction at hand, matching them again with what is known now."""


def told_apart(kinds: Sequence[FileKind], data: bytes, name: str) -> FileKind:
    """The kind of a file by its marker; the last one is whatever is nothing else."""
    return next((kind for kind in kinds[:-1] if kind.files.is_own(data, name)), kinds[-1])
