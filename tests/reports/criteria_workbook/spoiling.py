"""Files that must not be read: made by mistake, or to do harm."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

from docx import Document
from openpyxl import Workbook

from bot.reports.spreadsheets.limits import OF_CRITERIA
from tests.reports.criteria_workbook.editing import FIRST, Editor, repacked, replaced, written

FIXTURES = Path(__file__).parent / "fixtures"
SHEET = "xl/worksheets/sheet4.xml"
"""The first criterion's."""
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEGIN = b"<sheetData>"


def _same(_: str, content: bytes) -> bytes:
    return content


def with_part(name: str, content: bytes) -> bytes:
    """A workbook with a part more."""
    return repacked(written(), _same, **{name.replace("/", "__"): content})


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with another first criterion's sheet."""
    return repacked(written(), lambda name, content: change(content) if name == SHEET else content)


def with_rows(rows: bytes) -> bytes:
    """A workbook with rows before those of its first criterion."""
    return with_sheet(lambda content: content.replace(_BEGIN, _BEGIN + rows))


def edited(edit: Callable[[Editor], object]) -> bytes:
    """A workbook as somebody saved it."""
    editor = Editor()
    edit(editor)
    return editor.saved()


def _set(sheet: str, cell: str, value: object) -> bytes:
    def edit(editor: Editor) -> None:
        editor.sheet(sheet)[cell].value = value

    return edited(edit)


def _set_info(label: str, value: object) -> bytes:
    def edit(editor: Editor) -> None:
        editor.info(label).value = value

    return edited(edit)


def _hide(state: str) -> bytes:
    def edit(editor: Editor) -> None:
        editor.sheet(FIRST).sheet_state = state

    return edited(edit)


def _zip(name: str, content: bytes, method: int = ZIP_DEFLATED) -> bytes:
    result = BytesIO()
    with ZipFile(result, "w", method) as file:
        file.writestr(name, content)
    return result.getvalue()


def _saved(document: Any) -> bytes:  # noqa: ANN401 - of either library
    result = BytesIO()
    document.save(result)
    return result.getvalue()


def _book_named(sheet: str) -> Workbook:
    book = Workbook()
    book.active.title = sheet
    return book


def _lie(part: bytes, says: int) -> bytes:
    """A workbook whose sheet is another size than its headers say."""
    packed = with_sheet(lambda _: part)
    size = pack("<L", len(part))
    assert packed.count(size) == 2
    return packed.replace(size, pack("<L", says))


def _locked() -> bytes:
    """A workbook whose first entry is marked as encrypted."""
    data = bytearray(written())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _otherwise() -> bytes:
    """A workbook packed in a way that no spreadsheet program uses."""
    result = BytesIO()
    with ZipFile(BytesIO(written())) as source, ZipFile(result, "w", ZIP_BZIP2) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return result.getvalue()


def _many_texts() -> bytes:
    """LibreOffice writes every text once, and cells point to it."""
    texts = b'<sst xmlns="%b"><si><t>%b</t></si></sst>' % (_MAIN, b"a" * 30_000)
    rows = b'<worksheet xmlns="%b"><sheetData><row>%b</row></sheetData></worksheet>' % (
        _MAIN,
        b'<c t="s"><v>0</v></c>' * 190,
    )
    parts = {"xl/sharedStrings.xml": texts, "xl/worksheets/sheet1.xml": rows}
    return repacked((FIXTURES / "libreoffice.xlsx").read_bytes(), parts.get)


def _one_part_for_many_sheets() -> bytes:
    """A book that has the same six megabytes read again for each of its sheets."""
    large = with_sheet(lambda content: content + b"<!--" + bytes([32]) * 6 * 1024**2 + b"-->")
    entry = b'<sheet name="%d" sheetId="1" r:id="rId4" xmlns:r="%b"/>'
    entries = b"".join(entry % (number, _LINKS) for number in range(50))
    return replaced(large, b"<sheets>", b"<sheets>" + entries)


def _declared(declaration: bytes) -> bytes:
    head = b"<?xml version='1.0'?><!DOCTYPE worksheet [" + declaration + b"]>"
    return with_sheet(lambda content: head + content)


_BOMB = b'<!ENTITY a0 "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY a%d "%b">' % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 10)
)
_REFERENCE = b'<externalReferences><externalReference r:id="rId99" xmlns:r="%b"/></externalReferences><sheets>' % _LINKS
_ROW_OF_CELLS = b"<row>" + b"<c><v>1</v></c>" * 200 + b"</row>"

REFUSED: dict[str, Callable[[], bytes]] = {
    "too_large: 50 MB of zeros": lambda: bytes(50 * 1024**2),
    "too_large: a workbook with much behind it": lambda: written() + bytes(OF_CRITERIA.bytes),
    "too_large_inside: one part": lambda: with_part("xl/media/a.png", bytes(OF_CRITERIA.bytes_inside)),
    "too_large_inside: a sheet of zeros": lambda: with_sheet(lambda _: bytes(OF_CRITERIA.bytes_inside + 1)),
    "too_large_inside: many parts": lambda: repacked(written(), _same, **{f"p{n}": b"" for n in range(1_000)}),
    "too_large_inside: one part for many sheets": _one_part_for_many_sheets,
    "too_large_inside: many elements": lambda: with_rows(b"<row/>" * OF_CRITERIA.elements),
    "too_large_inside: deep elements": lambda: with_rows(b"<a>" * 200 + b"</a>" * 200),
    "too_large_inside: many cells": lambda: with_rows(_ROW_OF_CELLS * 301),
    "too_large_inside: one text in many cells": _many_texts,
    "broken: more in a part than it says": lambda: _lie(bytes(20 * 1024**2), 1_000),
    "broken: less in a part than it says": lambda: _lie(bytes(1_000_003), 20 * 1024**2),
    "broken: cut": lambda: written()[:-2_000],
    "broken: the same part twice": lambda: with_part("XL/workbook.xml", b"<workbook/>"),
    "broken: packed otherwise": _otherwise,
    "broken: no sheet where it should be": lambda: repacked(written(), lambda n, part: None if n == SHEET else part),
    "broken: XML": lambda: with_rows(b"<row>"),
    "broken: encoding": lambda: with_sheet(lambda part: b"<?xml version='1.0' encoding='utf-7'?>" + part),
    "broken: zeros": lambda: with_sheet(lambda _: bytes(1_000)),
    "broken: a text that is not there": lambda: with_rows(b'<row><c t="s"><v>99</v></c></row>'),
    "broken: name of a cell": lambda: with_rows(b'<row><c r="1A"><v>9</v></c></row>'),
    "broken: number of a row": lambda: with_rows(b'<row r="x"/>'),
    "broken: a day": lambda: with_rows(b'<row><c t="d"><v>soon</v></c></row>'),
    "not_xlsx: text": lambda: b"Xin ch\xc3\xa0o",
    "not_xlsx: nothing": lambda: b"",
    "not_xlsx: another ZIP": lambda: _zip("a.txt", b"a"),
    "not_xlsx: Word": lambda: _saved(Document()),
    "not_xlsx: OpenDocument": lambda: _zip("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
    "not_xlsx: no book": lambda: repacked(written(), lambda n, part: None if n == "xl/workbook.xml" else part),
    "old_or_locked: .xls": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000),
    "old_or_locked: ZIP": _locked,
    "unsafe: entities": lambda: _declared(_BOMB),
    "unsafe: reads a file": lambda: _declared(b'<!ENTITY a SYSTEM "file:///etc/passwd">'),
    "macros": lambda: with_part("xl/vbaProject.bin", b"x"),
    "macros: by type": lambda: replaced(written(), b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled+xml"),
    "external_links": lambda: replaced(written(), b"<sheets>", _REFERENCE),
    "external_links: data": lambda: with_part("xl/connections.xml", b"<connections/>"),
    "hidden_sheets": lambda: _hide("hidden"),
    "hidden_sheets: very": lambda: _hide("veryHidden"),
    "formulas": lambda: _set(FIRST, "E5", "=SUM(H5:H8)"),
    "formulas: shared": lambda: with_rows(b'<row><c r="B900"><f t="shared" si="0"/><v>1</v></c></row>'),
    "formulas: in a sheet that is not read": lambda: _set("Hướng dẫn", "B1", "=NOW()"),
    "merged": lambda: edited(lambda editor: editor.sheet(FIRST).merge_cells("B5:B8")),
    "too_far": lambda: _set(FIRST, "XFD1048576", 1),
    "too_far: right": lambda: _set(FIRST, "ZZ3", 1),
    "wrong_template": lambda: _saved(Workbook()),
    "wrong_template: with the right name": lambda: _saved(_book_named("Thông tin")),
    "unknown_set": lambda: _set_info("Sửa từ phiên bản", "77"),
    "unknown_set: none said": lambda: _set_info("Sửa từ bộ", None),
}
"""{reason: what for}: the file."""
