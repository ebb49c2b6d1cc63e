"""The roll as a workbook to be edited, and the marked copy of what was sent in, made as they are when sent."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.dialogs.facts import RoleKind
from bot.dialogs.places import Place
from bot.dialogs.screens import say
from bot.i18n import Translator
from bot.ports import Document, FindSet, PersonRecord
from bot.ports.village.imports import KnownHousehold, RollPlace, RowProblem
from bot.reports.answers_workbook import AnswersFiles
from bot.reports.file_names import file_name
from bot.reports.roll_files.sheets import every_sheet_of
from bot.reports.spreadsheets.refusal import RefusedFileError
from bot.reports.village_source import VillageSource
from bot.services.village.asker import Asker
from bot.services.village.roll_matching import name_key, number_key

MOST_LINES: Final = 20_000
"""Of a larger place, only the heading and the hamlets are written."""
_DIGITS: Final = 15
_NUMBER_WIDTH: Final = 12
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROLES: Final = (RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)


async def template(source: VillageSource, person: PersonRecord, of: str, words: Translator, at: datetime) -> Document:
    """Write the roll of a place; see village_source.Maker.

    Args:
        of: the place's id; '0' for the one that the person has a role for.
    """
    from bot.reports.roll_files.template import RollLine, RollTable, written_roll  # noqa: PLC0415 - loads openpyxl

    async with source.asked_by(person, at) as asker:
        place = await _place(asker, of)
        if place is None:
            raise ValueError(f"person {person.person_id} has no roll of {of!r}")
        hamlets = await asker.work.imports.hamlets(place.path)
        known = await asker.work.imports.roll([hamlet.id for hamlet in hamlets]) if len(hamlets) <= MOST_LINES else ()
    names = {hamlet.id: hamlet.name for hamlet in hamlets}
    lines = tuple(RollLine(names[each.place_id], each.entry) for each in _in_order(known, hamlets))
    is_one = len(hamlets) == 1
    title = ", ".join(part for part in (place.name, place.within) if part)
    table = RollTable(title, () if is_one else tuple(names.values()), lines if len(lines) <= MOST_LINES else ())
    data = await source.drawn(written_roll, table, words)
    name = file_name(words.text("import.template_file", {"place": place.name}), "xlsx")
    return Document(name, _XLSX, data, say("import.template_caption"))


async def marked(source: VillageSource, person: PersonRecord, of: str, words: Translator, at: datetime) -> Document:
    """Mark what is to be mended in a copy of the person's own file; see village_source.Maker.

    Args:
        of: the upload's id.
    """
    upload_id = _number(of)
    async with source.asked_by(person, at) as asker:
        blob = await asker.work.uploads.blob(upload_id, person.person_id) if upload_id else None
        problems = await asker.work.imports.problems(upload_id, person.person_id) if upload_id else ()
    if blob is None or not problems:
        raise ValueError(f"nothing to mark in upload {of!r} of person {person.person_id}")
    data = await source.drawn(_marked, await source.blobs.read(blob), problems, words, source.rulebook.find)
    return Document(file_name(words.text("import.marked_file"), "xlsx"), _XLSX, data, say("import.marked_caption"))


def _marked(data: bytes, problems: tuple[RowProblem, ...], words: Translator, find: FindSet) -> bytes:
    from bot.reports.answers_workbook.marking import marked_answers  # noqa: PLC0415 - loads openpyxl
    from bot.reports.roll_files.marking import marked_copy  # noqa: PLC0415 - likewise

    try:
        if AnswersFiles().is_own(data, ""):
            return marked_answers(data, problems, words, find)
        return marked_copy(every_sheet_of(data), problems, words)
    except RefusedFileError as error:
        raise ValueError("a file that was read cannot be read any more") from error


async def _place(asker: Asker, of: str) -> Place | None:
    place_id = _number(of)
    if place_id:
        return await asker.place(place_id, *_ROLES)
    return asker.only(RoleKind.VILLAGE_HEAD) or asker.only(RoleKind.OFFICER)


def _number(of: str) -> int:
    return int(of) if of.isascii() and of.isdigit() and len(of) <= _DIGITS else 0


def _in_order(known: tuple[KnownHousehold, ...], hamlets: tuple[RollPlace, ...]) -> list[KnownHousehold]:
    """Who is on the roll, hamlet by hamlet, by number as people count, then by name."""
    order = {hamlet.id: at for at, hamlet in enumerate(hamlets)}
    listed = [each for each in known if each.is_listed and not each.has_left]

    def place_in_roll(each: KnownHousehold) -> tuple[int, bool, str, str]:
        number = number_key(each.entry.number).rjust(_NUMBER_WIDTH, "0")
        return order[each.place_id], not each.entry.number, number, name_key(each.entry.name)

    return sorted(listed, key=place_in_roll)
