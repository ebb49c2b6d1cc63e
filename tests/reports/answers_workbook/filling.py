"""Fill in a workbook of answers as a village head would, with openpyxl in place of Excel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.dialogs.village.facts import HouseholdState
from bot.i18n import translator
from bot.ports.village.answers import FiledRow
from bot.ports.village.filed_rows import decode_row
from bot.ports.village.imports import ReadFile, UnreadableFile
from bot.reports.answers_workbook import AnswersFiles, AnswersRow, AnswersTable, write_answers
from bot.scoring.model import Answer, Chosen, CriteriaSet, Quantity, Share, YesNo
from bot.scoring.shipped import load_shipped

VIETNAMESE, ENGLISH = translator("vi"), translator("en")
SETS: Mapping[str, CriteriaSet] = {each.id: each for each in load_shipped()}
FAMILY = SETS["gia_dinh_mau"]
ANSWERS: Mapping[str, Answer] = {
    "nguoi_lon_biet_chu": Share(3, 4),
    "dieu_kien_goc_hoc": YesNo(True),
    "dieu_kien_sach_bao": Quantity(Decimal(12)),
    "dieu_kien_quy": Chosen("khi_can"),
}
ADULTS_ONLY = {"adults": 2, "school_age_children": 0, "difficult_area": 0}
WITH_CHILDREN = {"adults": 2, "school_age_children": 2, "difficult_area": 0}


def row(subject_id: int, name: str, profile: Mapping[str, int] = WITH_CHILDREN, **more: object) -> AnswersRow:
    """A household without answers."""
    made = AnswersRow(subject_id, f"{subject_id:03}", name, HouseholdState.UNANSWERED, profile, {})
    return made if not more else _with(made, more)


def _with(made: AnswersRow, more: Mapping[str, object]) -> AnswersRow:
    fields = {name: getattr(made, name) for name in made.__slots__}
    return AnswersRow(**(fields | dict(more)))


def table(*rows: AnswersRow, criteria: CriteriaSet = FAMILY) -> AnswersTable:
    """A hamlet's table."""
    return AnswersTable(3, "Thôn Mẫu 1", 2026, criteria, date(2026, 9, 1), rows)


def three(criteria: CriteriaSet = FAMILY) -> AnswersTable:
    """Three households: one answered in part, one without children, one that has handed in."""
    return table(
        row(11, "Lò Thị Bun", answers=ANSWERS),
        row(12, "Nguyễn Văn An", ADULTS_ONLY),
        row(13, "Trần Đức Cường", answers=ANSWERS, is_open=False, state=HouseholdState.HANDED_IN),
        criteria=criteria,
    )


class Filler:
    """A workbook open for filling in."""

    def __init__(self, data: bytes) -> None:
        self.book: Workbook = load_workbook(BytesIO(data))
        self.sheet: Worksheet = self.book.worksheets[0]

    def column(self, indicator: str) -> int:
        """The column of a question."""
        return next(int(cell.column) for cell in self.sheet[1] if cell.value == indicator)

    def row(self, subject_id: int) -> int:
        """The row of a household."""
        return next(int(cell.row) for cell in self.sheet["A"] if cell.value == subject_id)

    def name(self, subject_id: int, indicator: str) -> str:
        """What people call a cell."""
        return str(self.sheet.cell(self.row(subject_id), self.column(indicator)).coordinate)

    def fill(self, subject_id: int, indicator: str, value: object) -> Filler:
        """Type something."""
        self.sheet.cell(self.row(subject_id), self.column(indicator)).value = value
        return self

    def saved(self) -> bytes:
        """The bytes of the workbook."""
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()


def filler(made: AnswersTable | None = None) -> Filler:
    """A workbook open for filling in."""
    return Filler(write_answers(made or three(), VIETNAMESE))


def read(data: bytes) -> ReadFile:
    """Read what must be readable."""
    found = AnswersFiles().read(data, "a.xlsx")
    assert isinstance(found, ReadFile), found
    return found


def refused(data: bytes) -> str:
    """The code of the reason why a file is not read."""
    found = AnswersFiles().read(data, "a.xlsx")
    assert isinstance(found, UnreadableFile), found
    return found.why.code


def rows(data: bytes) -> dict[int, FiledRow]:
    """The rows of a file, by household."""
    return {each.subject_id: each for each in map(decode_row, read(data).rows)}


def changed(data: bytes) -> dict[tuple[int, str], object]:
    """Everything that is not as it was written."""
    return {(each.subject_id, cell.indicator): cell.value for each in rows(data).values() for cell in each.cells}
