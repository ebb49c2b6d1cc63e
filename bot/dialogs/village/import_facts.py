"""What came of a roll or a workbook of answers that was sent in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogs.screens import Say
from bot.dialogs.village.facts import HouseholdEntry, Side
from bot.scoring.model import Answer, Text


class ImportState(StrEnum):
    """What came of a roll or a workbook of answers that was sent in."""

    READING = "reading"
    REFUSED = "refused"
    READ = "read"
    """Can be previewed and applied."""
    APPLYING = "applying"
    APPLIED = "applied"
    OUTDATED = "outdated"
    """The roll changed since; send the file again."""


class ImportKind(StrEnum):
    """What a sent-in workbook holds."""

    ROLL = "roll"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Double:
    """A new line of the roll that may be a household that is known already."""

    row: int
    """Line number in the sent-in file."""
    entry: HouseholdEntry
    subject_id: int
    name: str
    """Of the known household."""
    why: str
    """'same_name', 'similar_name', 'same_phone'."""
    is_same: bool | None = None
    """What was decided; None: not yet."""


@dataclass(frozen=True, slots=True)
class ImportConflict:
    """An answer of a workbook that differs from one given meanwhile."""

    subject_id: int
    name: str
    indicator: str
    ours: Answer
    theirs: Answer
    """What the workbook says."""
    side: Side = Side.HEAD
    """Who gave ours: a family's own stays, and the workbook's is kept beside it; the head is asked about the own."""
    short: Text = Text("")
    """What the question is called."""
    ours_said: Say = Say("text.plain", (("text", ""),))
    theirs_said: Say = Say("text.plain", (("text", ""),))
    """Both in words."""


@dataclass(frozen=True, slots=True)
class Import:
    """A sent-in file and what would become of it; the rows themselves stay with the service."""

    upload_id: int
    kind: ImportKind
    state: ImportState
    place_id: int = 0
    """The hamlet, or the commune of a roll with several hamlets."""
    place: str = ""
    problems: tuple[Say, ...] = ()
    """Row by row; of a refused file one line that says why and how to mend it."""
    problem_count: int = 0
    read: int = 0
    """Rows that are sound."""
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    answers: int = 0
    """Of a workbook of answers: how many would be recorded."""
    ready: tuple[int, ...] = ()
    """Of applied answers: sheets that are complete now and can be handed in; told afresh, never kept."""
    left_out: tuple[Say, ...] = ()
    """What is not kept on purpose, such as a column of identity card numbers."""
    doubles: tuple[Double, ...] = ()
    conflicts: tuple[ImportConflict, ...] = ()
    samples: tuple[HouseholdEntry, ...] = ()
    """The first sound rows as they were understood."""
    applied: int = 0
    """Rows applied so far."""
    wants_place: bool = False
    """Whether the rows name no hamlet and the sender has several."""
