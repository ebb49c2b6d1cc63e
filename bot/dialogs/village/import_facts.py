"""What came of a roll or a workbook of answers that was sent in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
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
    """Which of the rows that were read, counted from 0."""
    entry: HouseholdEntry
    subject_id: int
    name: str
    """Of the known household."""
    why: str
    """'same_name', 'similar_name', 'same_phone', 'same_number', 'has_left', 'registered'."""
    is_same: bool | None = None
    """What was decided; None: not yet."""
    line: int = 0
    """Line number in the sent-in file."""
    known: HouseholdEntry = field(default_factory=HouseholdEntry)
    """The known household's line of the roll."""


def _nothing() -> Say:
    return Say("text.plain", (("text", ""),))


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
    short: Text = field(default_factory=lambda: Text(""))
    """What the question is called."""
    ours_said: Say = field(default_factory=_nothing)
    theirs_said: Say = field(default_factory=_nothing)
    """Both in words."""
    is_alone: bool = False
    """Whether nothing else of this household would be recorded."""
    is_taken: bool | None = None
    """Of one's own: whether the workbook's is taken; None: not decided yet, ours stays."""

    @property
    def key(self) -> str:
        """What a decision calls it: '12/dieu_kien_quy'."""
        return f"{self.subject_id}/{self.indicator}"


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
    added: int = 0
    corrected: int = 0
    left_alone: int = 0
    """Of those applied: rows that were added, corrected, and not written after all."""
    has_file: bool = True
    """Whether the file itself is still here; it is thrown away after some days."""
    wants_place: bool = False
    """Whether the rows name no hamlet and the sender has several."""

    @property
    def undecided(self) -> tuple[Double, ...]:
        """Possible doubles that wait for a decision."""
        return tuple(double for double in self.doubles if double.is_same is None)

    @property
    def asked_about(self) -> tuple[ImportConflict, ...]:
        """Answers of the sender's own that were given otherwise meanwhile."""
        return tuple(each for each in self.conflicts if each.side is Side.HEAD)

    @property
    def kept_beside(self) -> tuple[ImportConflict, ...]:
        """Answers of families that stay, with the workbook's beside them."""
        return tuple(each for each in self.conflicts if each.side is Side.SUBJECT)

    @property
    def to_apply(self) -> int:
        """Rows that would change something."""
        return self.new + self.updated


def with_decision(found: Import, row: int, *, is_same: bool) -> Import:
    """Note what was decided of a possible double: a known household is corrected, another one is added."""
    this = next((double for double in found.undecided if double.row == row), None)
    if this is None:
        return found
    # A household is one row only: the others that may have been it are households of their own.
    others = {double.row for double in found.undecided if is_same and double.subject_id == this.subject_id} - {row}
    decided = {row: is_same, **dict.fromkeys(others, False)}
    doubles = tuple(replace(each, is_same=decided.get(each.row, each.is_same)) for each in found.doubles)
    return replace(found, doubles=doubles, new=found.new + len(decided) - is_same, updated=found.updated + is_same)


def with_taken(found: Import, keys: Collection[str], *, takes_theirs: bool) -> Import:
    """Note what was decided of answers that differ from the sender's own; what is taken is recorded with the rest."""
    decided = tuple(
        replace(each, is_taken=takes_theirs) if each.side is Side.HEAD and each.key in keys else each
        for each in found.conflicts
    )
    before, after = (_taken(conflicts) for conflicts in (found.conflicts, decided))
    households = len(_alone(after)) - len(_alone(before))
    answers = found.answers + len(after) - len(before)
    return replace(found, conflicts=decided, answers=answers, updated=found.updated + households)


def _taken(conflicts: tuple[ImportConflict, ...]) -> tuple[ImportConflict, ...]:
    return tuple(each for each in conflicts if each.side is Side.HEAD and each.is_taken)


def _alone(conflicts: tuple[ImportConflict, ...]) -> set[int]:
    return {each.subject_id for each in conflicts if each.is_alone}
