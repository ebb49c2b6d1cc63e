"""A roll that was sent in: which hamlets and households its rows are, and writing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import say
from bot.dialogs.village.import_facts import Double, Import, ImportKind, ImportState
from bot.ports import Upload
from bot.ports.village.imports import (
    Applying,
    Decisions,
    ImportFiles,
    Matched,
    ReadFile,
    RollChange,
    RollPlace,
    RowProblem,
)
from bot.services.village.asker import Asker
from bot.services.village.file_kinds import Chunk
from bot.services.village.hamlet_names import Hamlets, only
from bot.services.village.rescoring import rescore
from bot.services.village.roll_matching import Becomes, Line, match
from bot.services.village.roll_rows import RollRow, decode_row

SAMPLES: Final = 3
DOUBLES_KEPT: Final = 300
_NAMED: Final = 3
"""Hamlets that a title names."""
_ROLES: Final = (RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)


@dataclass(frozen=True, slots=True)
class Placed:
    """The hamlets of rows."""

    places: Mapping[int, int]
    """{row: hamlet}; rows that are nowhere the sender may import for are missing."""
    problems: tuple[RowProblem, ...] = ()
    wants_place: bool = False


class RollKind:
    """Rolls; see file_kinds.FileKind."""

    kind = ImportKind.ROLL

    def __init__(self, files: ImportFiles) -> None:
        self.files = files
        self._last: tuple[tuple[str, ...], dict[int, RollRow]] = (), {}

    async def match(self, asker: Asker, upload: Upload, read: ReadFile, decided: Decisions) -> Matched:
        """Say what would become of the rows; see file_kinds.FileKind."""
        hamlets = await _hamlets(asker)
        if not hamlets:
            why = say("import.refused.no_place")
            return Matched(Import(upload.id, ImportKind.ROLL, ImportState.REFUSED, problems=(why,), problem_count=1))
        rows = {number: decode_row(text) for number, text in enumerate(read.rows)}
        placed = place_rows(rows, hamlets, decided.place_id)
        lines = await _lines(asker, rows, placed, set(placed.places.values()), decided)
        return Matched(_summary(upload, rows, hamlets, placed, lines), placed.problems)

    async def apply(self, asker: Asker, applying: Applying, rows: Sequence[str]) -> Chunk:
        """Write the next rows; see file_kinds.FileKind."""
        every = self._decoded(applying.rows)
        now = range(applying.applied, applying.applied + len(rows))
        placed = place_rows(every, await _hamlets(asker), applying.decided.place_id)
        places = {placed.places[row] for row in now if row in placed.places}
        await asker.work.imports.lock(sorted(places))
        # What was decided of rows that are written by now was followed: they are known.
        decided = Decisions(
            tuple(pair for pair in applying.decided.same if pair[0] >= now.start),
            tuple(row for row in applying.decided.different if row >= now.start),
        )
        lines = await _lines(asker, every, placed, places, decided)
        due = [(placed.places[row], lines[row]) for row in now if row in lines]
        changes = [
            RollChange(place_id, line.entry, 0 if line.known is None else line.known.subject_id)
            for place_id, line in due
            if line.becomes in (Becomes.NEW, Becomes.UPDATED)
        ]
        if changes:
            await asker.work.imports.write(changes, asker.now)
            await rescore(asker.work, asker.book)
        new = sum(not change.subject_id for change in changes)
        left = len(now) - len(due) + sum(line.becomes is Becomes.UNDECIDED for _, line in due)
        return Chunk(new, len(changes) - new, left)

    def _decoded(self, rows: tuple[str, ...]) -> Mapping[int, RollRow]:
        """The rows of a file, which are asked for chunk by chunk."""
        if self._last[0] != rows:
            self._last = rows, {number: decode_row(text) for number, text in enumerate(rows)}
        return self._last[1]


async def _hamlets(asker: Asker) -> tuple[RollPlace, ...]:
    """The hamlets that the person may import for, as their roles are now."""
    found: dict[int, RollPlace] = {}
    for role in asker.person.roles:
        if role.kind in _ROLES:
            found |= {place.id: place for place in await asker.work.imports.hamlets(role.place.path)}
    return tuple(place for place in found.values() if asker.holds(place.path, *_ROLES))


async def _lines(
    asker: Asker, rows: Mapping[int, RollRow], placed: Placed, places: Iterable[int], decided: Decisions
) -> dict[int, Line]:
    """What becomes of the rows of some hamlets."""
    known = await asker.work.imports.roll(sorted(places))
    lines: dict[int, Line] = {}
    for place_id in sorted(places):
        own = {row: rows[row] for row, where in placed.places.items() if where == place_id}
        here = [each for each in known if each.place_id == place_id]
        lines |= match(own, here, dict(decided.same), frozenset(decided.different))
    return lines


def place_rows(rows: Mapping[int, RollRow], hamlets: Sequence[RollPlace], chosen: int) -> Placed:
    """Say which hamlet each row is of: by its own column, else the title or the sheet, else the one there is or chosen.

    A row that names another hamlet than the sender's is never taken for one of theirs.
    """
    by_name, the_one = Hamlets(hamlets), only(hamlets)
    default = next((place for place in hamlets if place.id == chosen), the_one)
    hints = {row.hint for row in rows.values() if row.hint}
    is_by_hint = any(by_name.meant(hint) for hint in hints)
    places: dict[int, int] = {}
    problems: list[RowProblem] = []
    complained: set[tuple[str, str]] = set()
    wants_place = False
    for number, row in rows.items():
        said = row.hamlet or (row.hint if is_by_hint else "")
        meant = by_name.meant(said)
        if not said and not meant and default is None and row.entry.group:
            meant = by_name.meant(row.entry.group)
        place = only(meant) or (default if default in meant or not said else None)
        if place is not None:
            places[number] = place.id
        elif not said:
            wants_place = True
        elif row.hamlet or (row.sheet, said) not in complained:  # of a sheet for another hamlet, once is enough
            complained.add((row.sheet, said))
            problems.append(_where(row, said, the_one, is_ambiguous=bool(meant)))
    return Placed(places, tuple(problems), wants_place)


def _where(row: RollRow, said: str, the_one: RollPlace | None, *, is_ambiguous: bool) -> RowProblem:
    if is_ambiguous:
        what = say("import.problem.ambiguous_hamlet", named=said)
    elif the_one is not None:
        what = say("import.problem.other_hamlet", named=said, place=the_one.name)
    else:
        what = say("import.problem.hamlet", named=said)
    return RowProblem(row.sheet, f"A{row.line}", what)


def _summary(
    upload: Upload,
    rows: Mapping[int, RollRow],
    hamlets: Sequence[RollPlace],
    placed: Placed,
    lines: Mapping[int, Line],
) -> Import:
    here = [place for place in hamlets if place.id in set(placed.places.values())]
    names = ", ".join(place.name for place in here[:_NAMED]) + (" …" if len(here) > _NAMED else "")
    count = {kind: sum(line.becomes is kind for line in lines.values()) for kind in Becomes}
    doubles = tuple(
        Double(number, rows[number].entry, line.known.subject_id, line.known.entry.name, line.why,
               line=rows[number].line, known=line.known.entry)
        for number, line in lines.items()
        if line.becomes is Becomes.UNDECIDED and line.known is not None
    )  # fmt: skip
    return Import(
        upload.id,
        ImportKind.ROLL,
        ImportState.READ,
        place_id=here[0].id if len(here) == 1 else 0,
        place=names,
        read=len(rows),
        new=count[Becomes.NEW],
        updated=count[Becomes.UPDATED],
        unchanged=count[Becomes.UNCHANGED],
        doubles=doubles[:DOUBLES_KEPT],
        samples=tuple(row.entry for row in list(rows.values())[:SAMPLES]),
        wants_place=placed.wants_place,
    )
