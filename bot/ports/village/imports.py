"""Rolls and answers that were sent in as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogs.screens import Say
from bot.dialogs.village.facts import HouseholdEntry
from bot.dialogs.village.import_facts import Import
from bot.ports.people import Upload


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to mend in a sent-in file."""

    sheet: str
    cell: str
    """As people call it: 'D7'; of a text file by the columns that a spreadsheet would show."""
    what: Say
    """What is wrong and how to mend it, without where."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file holds."""

    rows: tuple[str, ...]
    """Its sound rows, each as text that only its kind understands (JSON); in the order in which they are applied."""
    problems: tuple[RowProblem, ...] = ()
    """In reading order."""
    left_out: tuple[Say, ...] = ()
    """What is not kept on purpose."""


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """Why a file is not read at all, and how to mend that."""

    why: Say


class ImportFiles(Protocol):
    """Reads one kind of file; slow, so to be called on a thread. Implemented by reports."""

    def is_own(self, data: bytes, name: str) -> bool:
        """Whether a file is of this kind, by its marker. Never raises for any bytes."""

    def read(self, data: bytes, name: str) -> ReadFile | UnreadableFile:
        """Read a file. Never raises for any bytes."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the sender decided about a file before it is applied."""

    same: tuple[tuple[int, int], ...] = ()
    """Rows of possible doubles, each with the known household (subject) that it is."""
    different: tuple[int, ...] = ()
    """Rows of possible doubles that are another household."""
    place_id: int = 0
    """The hamlet of rows that name none."""
    theirs: tuple[str, ...] = ()
    """Of answers: conflicts with one's own in which the workbook's is taken, as '12/dieu_kien_quy'."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What would become of the rows of a file as things are now."""

    found: Import
    problems: tuple[RowProblem, ...] = ()
    """What only shows beside what is known, such as a hamlet of that name that is not there."""


@dataclass(frozen=True, slots=True)
class Applying:
    """A file whose rows are being written."""

    upload: Upload
    found: Import
    rows: tuple[str, ...]
    decided: Decisions
    applied: int
    """Rows that are written already."""
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class RollPlace:
    """A hamlet whose roll may be imported."""

    id: int
    name: str
    path: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class KnownHousehold:
    """A household as the records have it."""

    subject_id: int
    place_id: int
    entry: HouseholdEntry
    has_left: bool = False
    """Whether it moved away."""
    is_listed: bool = True
    """Whether it came from the roll; False: a family registered itself."""


@dataclass(frozen=True, slots=True)
class RollChange:
    """One line of the roll to be written."""

    place_id: int
    entry: HouseholdEntry
    subject_id: int = 0
    """0: it is new."""


class Imports(Protocol):
    """Rolls and answers that were sent in as files."""

    async def finish(
        self, upload_id: int, found: Import, rows: Sequence[str], problems: Sequence[RowProblem], now: datetime
    ) -> bool:
        """Keep what came of reading a file. False when it was finished already."""

    async def upload(self, upload_id: int, person_id: int) -> Import | None:
        """What came of a person's own file; None where there is none, or it is no roll and no answers."""

    async def problems(self, upload_id: int, person_id: int) -> tuple[RowProblem, ...]:
        """All problems of a person's own file, to be marked in it."""

    async def decided(self, upload_id: int) -> Decisions:
        """What was decided about a file so far."""

    async def to_apply(self, limit: int) -> tuple[int, ...]:
        """Files whose rows wait to be written, oldest first."""

    async def applying(self, upload_id: int) -> Applying | None:
        """Such a file with its rows, locked until the end; None once it is applied."""

    async def progress(self, now_applying: Applying, found: Import, applied: int, now: datetime) -> None:
        """Note, in the transaction that writes them, how many rows are written in all; with the last it is applied."""

    async def give_up(self, upload_id: int, found: Import, now: datetime) -> bool:
        """Stop applying a file that cannot be; what was written stays. False when it is applied already."""

    async def purge(self, before: datetime, now: datetime) -> int:
        """Throw away files that were read before a moment, with their rows: they hold more than is kept; how many."""

    async def hamlets(self, path: str) -> tuple[RollPlace, ...]:
        """Hamlets at or below a place."""

    async def roll(self, place_ids: Sequence[int]) -> tuple[KnownHousehold, ...]:
        """Every household of hamlets, also those that left."""

    async def lock(self, place_ids: Sequence[int]) -> None:
        """Let nobody else import for hamlets until the end of the transaction."""

    async def write(self, changes: Sequence[RollChange], now: datetime) -> None:
        """Add and correct lines of the roll; a household that had left is back on it."""
