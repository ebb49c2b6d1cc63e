"""Read a roll as a commune keeps it: sound rows, what is to be mended, what is left out; or why it is not read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from bot.dialogs.screens import Say, say
from bot.dialogs.understanding import fold, readable
from bot.dialogs.village.facts import HouseholdEntry
from bot.ports.village.imports import ReadFile, RowProblem, UnreadableFile
from bot.reports.roll_files.headings import PRIVATE, Field, plain
from bot.reports.roll_files.letters import legacy_font, tidy
from bot.reports.roll_files.persons import Person, households
from bot.reports.roll_files.sheets import sheets_of
from bot.reports.roll_files.table import Header, Row, Sheet, by_rows, data_rows, find_header
from bot.reports.roll_files.values import (
    LONGEST_GROUP,
    LONGEST_NAME,
    Wrong,
    count_of,
    name_of,
    number_of,
    phone_of,
    year_of,
)
from bot.reports.spreadsheets.grid import Position
from bot.reports.spreadsheets.refusal import RefusedFileError
from bot.reports.spreadsheets.shown import shown
from bot.services.village.roll_rows import RollRow, encode_row

MOST_PROBLEMS: Final = 1_000
_SUM: Final = re.compile(
    r"(tổng|cộng|lũy kế|luỹ kế|mang sang|chuyển trang|tong cong|tong so|cong to|cong thon|total|sum)\b(?! hòa\b)"
    r"|(tong|cong)\W*$",
    re.IGNORECASE,
)
"""With its tones: Tống and Công are names."""
_FOOTER: Final = re.compile(
    r"\b(nguoi lap|lap bieu|lap bang|ky ten|ky ghi|ho ten nguoi|xac nhan cua|chu tich|truong (thon|ban|ap|buon|khu)"
    r"|tm ubnd|t m|bi thu|thu ky)\b|\bngay .*thang .*nam\b|^(ghi chu|danh sach nay|danh sach gom)\b"
)
_SECTION: Final = re.compile(
    r"((?:[ivx]{1,5}|[a-h]|\d{1,2}) )?"
    r"((?P<hamlet>thon|ban|ap|buon|lang|to dan pho|tdp|khu pho|khoi pho|khom|phum|soc)|to|xom|cum|khu|nhom|khoi)"
    r"( so)? \w.*"
)
_HAMLET_IN_TITLE: Final = re.compile(
    r"\b(thôn|bản|ấp|buôn|làng|tổ dân phố|tdp|khu phố|khối phố|khóm|phum|sóc|xóm)\s+[^,;()\-–:]{1,40}", re.IGNORECASE
)
_AFTER_NAME: Final = re.compile(r"\b(xã|phường|thị trấn|huyện|tỉnh|năm|quý|tháng)\b.*", re.IGNORECASE)
_NAMES: Final = (Field.HEAD, Field.NAME, Field.SURNAME, Field.GIVEN)
_PLAIN_SHEET: Final = re.compile(r"(sheet|trang( tinh)?|bang( tinh)?|table|book|ds|danh sach( ho)?)? ?\d*")
_SHOWN: Final = 12
"""Columns that a sentence names."""


@dataclass(slots=True)
class _Gathered:
    """What all sheets gave so far."""

    rows: list[RollRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    private: dict[str, None] = field(default_factory=dict)
    unused: dict[str, None] = field(default_factory=dict)
    left_out: list[Say] = field(default_factory=list)
    persons: int = 0
    has_births: bool = True

    def complain(self, sheet: Sheet, row: int, column: int, what: Say) -> None:
        """Note what is to be mended in a cell."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(RowProblem(sheet.grid.name, Position(row, max(column, 1)).name, what))


def read_roll(data: bytes, name: str, year: int) -> ReadFile | UnreadableFile:
    """Read a roll. Never raises for any bytes.

    Args:
        year: the current one, by which adults and children are counted where a file lists persons.
    """
    try:
        grids, left_out = sheets_of(data)
    except RefusedFileError as error:
        return UnreadableFile(Say(f"import.refused.{error.reason}", tuple(error.refused.params.items())))
    texts = (value for grid in grids for value in grid.cells.values() if isinstance(value, str))
    found = legacy_font(texts)
    if found is not None:
        return UnreadableFile(say(f"import.refused.{found}"))
    gathered = _Gathered(left_out=list(left_out))
    tables = [(sheet, header) for sheet in map(by_rows, grids) if (header := find_header(sheet)) is not None]
    if not tables:
        return UnreadableFile(say("import.refused.no_header"))
    without = [grid.name for grid in grids if grid.cells and all(sheet.grid is not grid for sheet, _ in tables)]
    if without:
        gathered.left_out.append(say("import.left_out.sheets", sheets=", ".join(without[:_SHOWN])))
    for sheet, header in tables:
        _read_table(gathered, sheet, header, is_only=len(tables) == 1, year=year)
    if not gathered.rows and not gathered.problems:
        return UnreadableFile(say("import.refused.no_rows"))
    return ReadFile(
        tuple(encode_row(row) for row in gathered.rows), tuple(gathered.problems), tuple(_left_out(gathered))
    )


def _left_out(gathered: _Gathered) -> Iterable[Say]:
    if gathered.private:
        yield say("import.left_out.private", columns=_listed(gathered.private))
    if gathered.unused:
        yield say("import.left_out.columns", columns=_listed(gathered.unused))
    if gathered.persons:
        yield say("import.left_out.persons", persons=gathered.persons, households=len(gathered.rows))
        if not gathered.has_births:
            yield say("import.left_out.no_births")
    yield from gathered.left_out


def _listed(names: Iterable[str]) -> str:
    return "; ".join(f"“{name[:40]}”" for name in list(names)[:_SHOWN])


def _read_table(gathered: _Gathered, sheet: Sheet, header: Header, *, is_only: bool, year: int) -> None:
    for column in header.headings:
        kind = header.columns.get(column, Field.OTHER)
        if kind in PRIVATE:
            gathered.private[header.headings[column]] = None
        elif kind in (Field.OTHER, Field.MEMBERS):
            gathered.unused[header.headings[column]] = None
    hint = _hint(sheet, header, is_only=is_only)
    section, hamlet, is_over = "", "", False
    people: list[Person] = []
    for row in data_rows(sheet, header):
        texts = [plain(text) for text in row.texts]
        if any(_FOOTER.search(text) for text in texts) and not _has_number(row, header):
            is_over = True
            continue
        if is_over and not _has_number(row, header):
            continue
        is_over = False
        if _is_sum(row, header):
            continue
        title = _section_of(row, header, texts)
        if title is not None:
            words, is_hamlet = title
            hamlet, section = (words, "") if is_hamlet else (hamlet, words)
            continue
        person = _person(gathered, sheet, header, row, section)
        if person is not None:
            people.append(replace(person, hamlet=person.hamlet or hamlet, hint=hint))
    _take(gathered, sheet, header, people, year)


def _take(gathered: _Gathered, sheet: Sheet, header: Header, people: list[Person], year: int) -> None:
    """Make rows of what the lines say: one household each, or one person each."""
    grouped = households(people, year, has_relation=bool(header.of(Field.RELATION)))
    if grouped is not None:
        gathered.persons += len(people)
        gathered.has_births &= bool(header.of(Field.BIRTH, Field.AGE))
        gathered.private |= {header.headings[c]: None for c in header.of(Field.NAME) if header.of(Field.HEAD)}
    seen: dict[tuple[str, str], Person] = {}
    called: dict[tuple[str, str, str], Person] = {}
    for each in people if grouped is None else grouped:
        key = (fold(each.hamlet), fold(each.entry.number))
        first = seen.setdefault(key, each) if each.entry.number and not each.is_counted else each
        if first is not each:
            same = fold(first.entry.name) == fold(each.entry.name)
            what = "import.problem.repeated" if same else "import.problem.same_number"
            column = (header.of(Field.NUMBER) or header.of(*_NAMES))[0]
            gathered.complain(sheet, each.line, column, say(what, number=each.entry.number, line=first.line))
            continue
        named = (fold(each.hamlet), fold(each.entry.name), each.entry.phone)
        alike = called.setdefault(named, each) if each.entry.phone else each
        if alike is not each:
            column = header.of(*_NAMES)[0]
            gathered.complain(sheet, each.line, column, say("import.problem.alike", line=alike.line))
            continue
        row = RollRow(sheet.grid.name, each.line, each.entry, each.hamlet, each.hint, is_counted=each.is_counted)
        gathered.rows.append(row)


def _has_number(row: Row, header: Header) -> bool:
    """Whether a row is counted, as rows of households are."""
    return any(any(c.isdigit() for c in row.text(column)) for column in header.of(Field.ORDER, Field.NUMBER))


def _is_sum(row: Row, header: Header) -> bool:
    words = [text for text in row.texts if any(c.isalpha() for c in text)]
    return bool(words) and _SUM.match(words[0]) is not None and not _has_own_name(row, header, words[0])


def _has_own_name(row: Row, header: Header, but: str) -> bool:
    """Whether a name stands in a row besides the word it begins with."""
    return any(row.text(c) not in ("", but) and row.text(c)[:1].isalpha() for c in header.of(*_NAMES))


def _section_of(row: Row, header: Header, texts: list[str]) -> tuple[str, bool] | None:
    """(words, whether it is a hamlet) of a line that says where the rows below it are; None: it is none."""
    words = [(text, said) for text, said in zip(texts, row.texts, strict=True) if any(c.isalpha() for c in text)]
    words = [each for each in words if not re.fullmatch("[ivx]{1,5}|[a-h]", each[0])]
    if len(words) != 1 or any(row.text(column) for column in header.of(Field.PHONE)):
        return None
    found = _SECTION.fullmatch(words[0][0])
    if found is None:
        return None
    said = words[0][1]
    skipped = len((found[1] or "").split())
    return " ".join(said.split()[skipped:]).strip(" .:-")[:LONGEST_GROUP], found["hamlet"] is not None


def _person(gathered: _Gathered, sheet: Sheet, header: Header, row: Row, section: str) -> Person | None:
    """What one line says; None where it has no name."""

    def first(*fields: Field) -> int:
        """The first column of such fields with something in it, else the first, else 0."""
        columns = header.of(*fields)
        return next((c for c in columns if row.text(c)), columns[0] if columns else 0)

    def sound(value: object, *fields: Field) -> object:
        if isinstance(value, Wrong):
            gathered.complain(sheet, row.number, first(*fields), value.what)
            return None
        return value

    head = _name(row, header, Field.HEAD)
    own = _name(row, header, Field.NAME) or _name(row, header, Field.SURNAME, Field.GIVEN)
    has_both = bool(header.of(Field.HEAD) and header.of(Field.NAME))
    text = own if header.of(Field.RELATION) and has_both else head or own
    name = name_of(text)
    if isinstance(name, Wrong):
        gathered.complain(sheet, row.number, first(*_NAMES), name.what)
        return None
    if not name:
        if _says_something(row, header):
            gathered.complain(sheet, row.number, first(*_NAMES), say("import.problem.no_name", line=row.number))
        return None
    number = sound(number_of(row.text(first(Field.NUMBER))), Field.NUMBER) or ""
    order = row.text(first(Field.ORDER)) if header.of(Field.ORDER) and not header.of(Field.NUMBER) else ""
    is_counted = not number and order.rstrip(".").isdigit()
    phone = sound(phone_of(row.text(first(Field.PHONE))), Field.PHONE) or ""
    adults, children = first(Field.ADULTS), first(Field.CHILDREN)
    group = row.text(first(Field.GROUP)) or section
    entry = HouseholdEntry(
        name,
        str(number) if number else order.rstrip(".") if is_counted else "",
        _group(group, header, section)[:LONGEST_GROUP],
        str(phone),
        _count(sound(count_of(row.cells.get(adults)), Field.ADULTS)),
        _count(sound(count_of(row.cells.get(children)), Field.CHILDREN)),
    )
    births = (year_of(row.cells.get(column)) for column in header.of(Field.BIRTH))
    age = count_of(row.cells.get(first(Field.AGE))) if header.of(Field.AGE) else None
    return Person(
        row.number,
        entry,
        hamlet=row.text(first(Field.HAMLET))[:LONGEST_NAME],
        relation=fold(row.text(first(Field.RELATION))),
        born=next((birth for birth in births if birth is not None), None),
        age=age if isinstance(age, int) else None,
        head=head if has_both else "",
        is_counted=is_counted,
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _name(row: Row, header: Header, *fields: Field) -> str:
    """A name, of all columns under one heading: 'Nguyễn Văn' and 'An'."""
    columns = header.of(*fields)
    if len(fields) == 1 and len({header.headings[column] for column in columns}) > 1:
        columns = next(((column,) for column in columns if row.text(column)), ())
    parts: list[str] = []
    for column in columns:
        text = row.text(column)
        if text and text not in parts:
            parts.append(text)
    return " ".join(parts)


def _group(text: str, header: Header, section: str) -> str:
    """A part of a hamlet with its kind: '3' under 'Tổ' is 'Tổ 3'."""
    text = readable(text)
    columns = header.of(Field.GROUP)
    if not columns or text == readable(section) or not re.fullmatch(r"\d{1,3}[a-zA-Z]?", text):
        return text
    kind = tidy(header.headings[columns[0]]).split()[0].capitalize()
    return f"{kind} {text}"


def _says_something(row: Row, header: Header) -> bool:
    """Whether a row without a name is about somebody: it has more than its place in the list and a remark."""
    telling = header.of(Field.NUMBER, Field.PHONE, Field.ADULTS, Field.CHILDREN, Field.BIRTH, Field.RELATION)
    return any(column in row.cells for column in telling)


def _hint(sheet: Sheet, header: Header, *, is_only: bool) -> str:
    """What the sheet's name or the title says of the hamlet."""
    name = tidy(sheet.grid.name)
    folded = plain(name)
    if folded and not _PLAIN_SHEET.fullmatch(folded) and (not is_only or _SECTION.fullmatch(folded)):
        return name[:LONGEST_NAME]
    for number in sorted(sheet.rows):
        if number >= header.first_row:
            break
        for value in sheet.rows[number].values():
            found = _HAMLET_IN_TITLE.search(tidy(shown(value)))
            if found is not None:
                return _AFTER_NAME.sub("", found[0]).strip()[:LONGEST_NAME]
    return ""
