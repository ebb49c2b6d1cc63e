"""Read an untrusted .xlsx into grids of plain values: nothing else of the file is ever looked at.

openpyxl writes our workbooks but does not read those of others: it follows every part of a file, expands ranges such as
a link on A1:XFD1048576, rounds, and has no limits of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath
from typing import Final, NamedTuple

from bot.reports.spreadsheets.archive import Archive
from bot.reports.spreadsheets.escapes import unescape
from bot.reports.spreadsheets.grid import Grid
from bot.reports.spreadsheets.limits import Limits
from bot.reports.spreadsheets.markup import Walker
from bot.reports.spreadsheets.number_formats import Shows, shown_by
from bot.reports.spreadsheets.refusal import RefusedFileError
from bot.reports.spreadsheets.sheet_part import LONGEST_TEXT, Allowance, SheetPart

MOST_SHEETS: Final = 100
_EXTERNAL: Final = re.compile("xl/(externallinks|querytables|connections|webextensions)[/.]")
_MACROS: Final = re.compile(r"(^|/)(vba\w*\.bin|macrosheets/|activex/)")


class Link(NamedTuple):
    """One relationship of a part."""

    kind: str
    """The last word of its type: 'worksheet'."""
    target: str


class Package(NamedTuple):
    """What a workbook holds."""

    grids: tuple[Grid, ...]
    """Every sheet with cells, in order, hidden ones too."""
    hidden: tuple[str, ...]
    has_external_links: bool


def sheet_names(data: bytes, limits: Limits) -> tuple[str, ...]:
    """The names of a workbook's sheets, without reading them.

    Raises: RefusedFileError: not an .xlsx, broken, too large, or with macros.
    """
    return tuple(sheet.name for sheet in _opened(data, limits).book.sheets)


def read_package(data: bytes, limits: Limits) -> Package:
    """Read the values of a workbook.

    Raises: RefusedFileError: not an .xlsx, broken, too large, or with macros.
    """
    archive, walker, links, book = _opened(data, limits)
    strings, styles = _Strings(), _Styles()
    for link in links.values():
        if link.kind == "sharedStrings":
            walker.walk(archive.read(link.target), strings)
        elif link.kind == "styles":
            walker.walk(archive.read(link.target), styles)
    allowance, grids = Allowance(limits), []
    for sheet in book.sheets:
        if sheet.link not in links:
            raise RefusedFileError("broken")
        if links[sheet.link].kind == "worksheet":
            grid = Grid(sheet.name, is_hidden=sheet.is_hidden)
            part = SheetPart(grid, strings.texts, styles.shown, book.is_1904, allowance)
            walker.walk(archive.read(links[sheet.link].target), part)
            grids.append(grid)
    is_linked = book.has_external or any(_EXTERNAL.match(name) for name in archive.names)
    return Package(tuple(grids), tuple(s.name for s in book.sheets if s.is_hidden), is_linked)


def _opened(data: bytes, limits: Limits) -> _Opened:
    archive, walker = Archive(data, limits), Walker(limits.elements)
    if any(_MACROS.search(name) for name in archive.names):
        raise RefusedFileError("macros")
    if "[Content_Types].xml" not in archive:
        raise RefusedFileError("not_xlsx")
    types = _ContentTypes()
    walker.walk(archive.read("[Content_Types].xml"), types)
    if types.has_macros:
        raise RefusedFileError("macros")
    main = next((top.target for top in _links(archive, walker, "").values() if top.kind == "officeDocument"), None)
    if main is None or not types.is_workbook or main not in archive:
        raise RefusedFileError("not_xlsx")
    links = _links(archive, walker, main)
    book = _Book()
    walker.walk(archive.read(main), book)
    if len(book.sheets) > MOST_SHEETS:
        raise RefusedFileError("too_large_inside")
    return _Opened(archive, walker, links, book)


def _links(archive: Archive, walker: Walker, part: str) -> Mapping[str, Link]:
    """{id: relationship} of a part, or of the whole package for ''."""
    folder = dirname(part)
    name = join(folder, "_rels", f"{part[len(folder) :].lstrip('/')}.rels")
    if name not in archive:
        return {}
    reader = _Links(folder)
    walker.walk(archive.read(name), reader)
    return reader.links


class _Reader:
    """Reads attributes alone, as most parts need no more."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Nothing to note."""

    def end(self, name: str) -> None:
        """Nothing to note."""

    def text(self, text: str) -> None:
        """Nothing to note."""


class _ContentTypes(_Reader):
    def __init__(self) -> None:
        self.is_workbook = self.has_macros = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        self.has_macros |= "macroenabled" in kind or "vbaproject" in kind
        self.is_workbook |= "spreadsheetml" in kind


class _Links(_Reader):
    def __init__(self, folder: str) -> None:
        self.links: dict[str, Link] = {}
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            place = normpath(join("/" + self._folder, target)).lstrip("/")
            self.links[attributes.get("Id", "")] = Link(attributes.get("Type", "").rpartition("/")[2], place)


class _SheetEntry(NamedTuple):
    name: str
    link: str
    is_hidden: bool


class _Book(_Reader):
    def __init__(self) -> None:
        self.sheets: list[_SheetEntry] = []
        self.is_1904 = self.has_external = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(_SheetEntry(attributes.get("name", ""), attributes.get("id", ""), is_hidden))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif name == "externalReference":
            self.has_external = True


class _Strings(_Reader):
    """The texts that cells point to by number: runs of different fonts are joined, reading aids left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._is_text = self._is_aid = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._runs = []
        elif name == "rPh":
            self._is_aid = True
        self._is_text = name == "t" and not self._is_aid

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._is_aid = False
        elif name == "si":
            self.texts.append(unescape("".join(self._runs))[: LONGEST_TEXT + 1])

    def text(self, text: str) -> None:
        if self._is_text:
            self._runs.append(text)


class _Styles(_Reader):
    """What numbers stand for in each style a cell may have."""

    def __init__(self) -> None:
        self.shown: list[Shows] = []
        self._codes: dict[int, str] = {}
        self._is_of_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_of_cells = True
        elif name == "xf" and self._is_of_cells:
            format_id = int(attributes.get("numFmtId", "0"))
            self.shown.append(shown_by(format_id, self._codes.get(format_id)))

    def end(self, name: str) -> None:
        self._is_of_cells &= name != "cellXfs"


class _Opened(NamedTuple):
    """A workbook whose sheets are known by name."""

    archive: Archive
    walker: Walker
    links: Mapping[str, Link]
    book: _Book
