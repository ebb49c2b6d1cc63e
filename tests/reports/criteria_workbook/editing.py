"""Edit a workbook as an officer would, by its headings, with openpyxl in place of Excel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from bot.i18n import translator
from bot.reports.criteria_workbook import (
    CellProblem,
    ReadWorkbook,
    Refused,
    Sound,
    Unsound,
    read_workbook,
    sentence,
    write_workbook,
)
from bot.scoring.model import (
    Band,
    Condition,
    CriteriaSet,
    Criterion,
    Indicator,
    NumberRule,
    OneOfRule,
    Option,
    PointsRule,
    PointsTitle,
    Provenance,
    ShareRule,
    Standing,
    SubjectKind,
    Text,
    WhenNotApplicable,
    Worth,
    YesNoRule,
)
from tests.scoring.strategies import ON

VIETNAMESE, ENGLISH = translator("vi"), translator("en")
PLACE = "xã Phú Túc, tỉnh Gia Lai"
PLACE_ID = 7
FIRST, SECOND = "1 Trẻ em", "2 Cả nhà"
"""Sheets of SMALL."""


def _worth(points: int) -> Worth:
    return Worth(points=Decimal(points))


def _indicator(identifier: str, short: str, rule: object, most: int) -> Indicator:
    return Indicator(
        id=identifier,
        question=Text(f"{short} thế nào?", "How is it?"),
        why=Text("Vì cần biết."),
        example=Text("Ví dụ: có."),
        short=Text(short),
        article="QĐ 1, điều 1",
        provenance=Provenance.OWN_SAMPLE,
        rule=rule,  # type: ignore[arg-type]  # each caller's is one
        max_points=Decimal(most),
    )


_DIFFICULT = Condition("difficult_area", at_least=1)
SMALL = CriteriaSet(
    id="nho",
    version="1",
    subject=SubjectKind.HOUSEHOLD,
    title=Text("Bộ nhỏ", "Small set"),
    issuing_document="Quyết định 1/QĐ-UBND",
    standing=Standing.LOCAL,
    valid_from=ON.replace(month=1, day=1),
    valid_until=None,
    criteria=(
        Criterion(
            "tre_em",
            Text("Trẻ em"),
            (
                replace(
                    _indicator(
                        "di_hoc",
                        "Trẻ em đi học",
                        ShareRule(
                            Text("cháu đi học"),
                            Text("cháu"),
                            (
                                Band(Decimal(0), _worth(0)),
                                Band(Decimal(50), _worth(5)),
                                Band(Decimal(50), _worth(10), _DIFFICULT),
                                Band(Decimal(100), _worth(10)),
                            ),
                            "school_age_children",
                        ),
                        10,
                    ),
                    applies_when=Condition("school_age_children", at_least=1),
                    not_applicable=WhenNotApplicable.EXCLUDED,
                    not_applicable_because=Text("Nhà không có trẻ."),
                ),
                _indicator("sach", "Tủ sách", YesNoRule(_worth(10), _worth(0)), 10),
            ),
            Decimal(20),
        ),
        Criterion(
            "ca_nha",
            Text("Cả nhà"),
            (
                _indicator(
                    "hoc_them",
                    "Học thêm",
                    OneOfRule(
                        (
                            Option("nhieu", Text("Nhiều"), _worth(10)),
                            Option("it", Text("Ít"), _worth(5)),
                            Option("khong", Text("Chưa có"), _worth(0)),
                        )
                    ),
                    10,
                ),
                _indicator(
                    "so_sach",
                    "Số sách",
                    NumberRule(
                        Decimal(0),
                        Decimal(1000),
                        (Band(Decimal(0), _worth(0)), Band(Decimal("2.5"), _worth(10))),
                        Text("quyển"),
                        1,
                    ),
                    10,
                ),
                _indicator("nep_song", "Nếp sống", PointsRule(Decimal(10)), 10),
            ),
            Decimal(30),
        ),
    ),
    titles=(
        PointsTitle("tot", Text("Tốt"), Decimal(40), no_zero_criterion=True),
        PointsTitle("dat", Text("Đạt"), Decimal(30), up_to=Decimal(39)),
    ),
    not_reached=Text("Chưa đạt"),
    retired_ids=("cu",),
)


@cache
def written(criteria: CriteriaSet = SMALL) -> bytes:
    """A workbook of a set, in Vietnamese."""
    return write_workbook(criteria, PLACE, PLACE_ID, VIETNAMESE)


class Editor:
    """A workbook open for editing.

    Args:
        criteria: the set it is made of.
        data: its bytes, where somebody got it from elsewhere.
    """

    def __init__(self, criteria: CriteriaSet = SMALL, data: bytes | None = None) -> None:
        self.criteria = criteria
        self.book: Workbook = load_workbook(BytesIO(data or written(criteria)))

    def sheet(self, name: str) -> Worksheet:
        """A sheet by its name."""
        return self.book[name]

    def info(self, label: str, column: str = "B") -> Cell:
        """The cell of an item of information."""
        sheet = self.book["Thông tin"]
        (row,) = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == label]
        return sheet[f"{column}{row}"]

    def column(self, sheet: str, heading: str) -> int:
        """Where a heading stands; of the lower of two tables."""
        found = [cell.column for row in self.book[sheet].iter_rows() for cell in row if cell.value == heading]
        return int(found[-1])

    def cell(self, sheet: str, row: int, heading: str) -> Cell:
        """The cell of a row under a heading."""
        return self.book[sheet].cell(row, self.column(sheet, heading))

    def row_of(self, sheet: str, short: str) -> int:
        """The first row of an indicator."""
        column = self.column(sheet, "Tên ngắn")
        rows = self.book[sheet].iter_rows(min_row=5, min_col=column, max_col=column)
        return next(int(cell.row) for (cell,) in rows if cell.value == short)

    def saved(self) -> bytes:
        """The bytes of the workbook."""
        written = BytesIO()
        self.book.save(written)
        return written.getvalue()

    def read(self) -> ReadWorkbook:
        """Send it back."""
        return read(self.saved(), self.criteria)

    def sound(self) -> CriteriaSet:
        """The set it holds; fails where it has problems."""
        return sound(self.read())

    def problems(self) -> list[tuple[str, str, str]]:
        """Sheet, cell and code of every problem."""
        return [(problem.sheet, problem.cell, problem.code) for problem in unsound(self.read())]


def read(data: bytes, criteria: CriteriaSet = SMALL) -> ReadWorkbook:
    """Read a workbook where one set is known."""
    return read_workbook(data, finder(criteria))


def finder(criteria: CriteriaSet) -> Callable[[str, str], CriteriaSet | None]:
    """Finds a set by its own id and version alone."""
    return lambda identifier, version: criteria if (identifier, version) == (criteria.id, criteria.version) else None


def sound(result: ReadWorkbook) -> CriteriaSet:
    """The set of a sound workbook."""
    assert isinstance(result, Sound), told(result)
    return result.criteria


def unsound(result: ReadWorkbook) -> tuple[CellProblem, ...]:
    """The problems of an unsound workbook."""
    assert isinstance(result, Unsound), told(result)
    return result.problems


def told(result: ReadWorkbook) -> list[str]:
    """What people are told about a result."""
    match result:
        case Sound():
            return ["sound"]
        case Refused():
            return [sentence(result, VIETNAMESE)]
        case Unsound(problems):
            return [sentence(problem, VIETNAMESE) for problem in problems]


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """Change the parts of a file; None leaves a part out, `more` adds some ('xl__a.xml' is 'xl/a.xml')."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        for name, content in more.items():
            target.writestr(ZipInfo(name.replace("__", "/")), content, ZIP_DEFLATED)
    return result.getvalue()


def replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """Put something else into the one part that holds `old`."""
    changed: list[str] = []

    def change(name: str, content: bytes) -> bytes:
        if old in content:
            changed.append(name)
        return content.replace(old, new)

    result = repacked(data, change)
    assert len(changed) == 1, changed
    return result
