"""The roll comes as a workbook to be edited and sent back, and a file with problems as a marked copy."""

from __future__ import annotations

import io

import openpyxl
import pytest

from bot.dialogs.effects import DocumentKind
from bot.i18n import LOCALES, translator
from bot.ports.village.imports import ReadFile
from bot.reports.roll_files.reading import read_roll
from bot.reports.roll_files.template import RollLine, RollTable, written_roll
from bot.services.village.roll_rows import decode_row
from tests.services.desk import Desk
from tests.services.office import COMMUNE, HAMLET, Office
from tests.support.messy_roll import messy_workbook
from tests.village.test_imports import HEAD, OFFICER, as_csv, entries, head, imported, village


async def test_the_template_holds_the_present_roll_and_can_be_sent_back(office: Office, desk: Desk) -> None:
    await head(office)
    await imported(office, HEAD, messy_workbook(village()))
    document = await office.made(HEAD, DocumentKind.ROLL_TEMPLATE, str(HAMLET))
    screen = await office.send(HEAD, document.data, document.name)
    assert "30 hộ đã có, không đổi gì." in office.words(screen)

    book = openpyxl.load_workbook(io.BytesIO(document.data))
    sheet = book.worksheets[0]
    sheet["C6"].value = "Nguyễn Văn Đổi"
    sheet.append([31, "031", "Lê Thị Thêm", "Tổ 2", "0911111111", 2, 1])
    edited = io.BytesIO()
    book.save(edited)
    screen = await office.send(HEAD, edited.getvalue())
    assert "1 hộ mới sẽ được thêm." in office.words(screen)
    assert "1 hộ có thể trùng." in office.words(screen)
    assert len(await entries(desk)) == 30


async def test_an_officer_s_template_names_the_hamlets(office: Office) -> None:
    await office.officer(OFFICER, COMMUNE)
    document = await office.made(OFFICER, DocumentKind.ROLL_TEMPLATE, "0")
    sheet = openpyxl.load_workbook(io.BytesIO(document.data)).worksheets[0]
    assert sheet["B5"].value == "Thôn"
    offered = [each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"]
    assert offered == ["'Danh mục'!$A$1:$A$3"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_template_in_every_language_is_read_again(locale: str) -> None:
    lines = tuple(RollLine("Thôn Đông", entry) for entry in village())
    data = written_roll(RollTable("Xã Mẫu", ("Thôn Đông", "Thôn Tây"), lines), translator(locale))
    read = read_roll(data, "", 2026)
    assert isinstance(read, ReadFile)
    assert tuple(decode_row(row).entry for row in read.rows) == village()
    assert {decode_row(row).hamlet for row in read.rows} == {"Thôn Đông"}
    assert (read.problems, read.left_out) == ((), ())


@pytest.mark.parametrize("of", ["4", "2", "1", "99"])
async def test_nobody_gets_the_roll_of_a_place_that_is_not_theirs(office: Office, of: str) -> None:
    await head(office)
    with pytest.raises(ValueError, match="has no roll"):
        await _template(office, of)


async def _template(office: Office, of: str) -> bytes:
    return (await office.made(HEAD, DocumentKind.ROLL_TEMPLATE, of)).data


async def test_the_marked_copy_shows_every_problem_in_its_cell(office: Office, desk: Desk) -> None:
    await head(office)
    rows = [["Số hộ", "Chủ hộ", "SĐT", "CCCD"], ["1", "Lê Văn Một", "12", "001"], ["2", "", "0912345678", "002"]]
    await office.send(HEAD, as_csv(rows), "ds.csv")
    await desk.tap(HEAD, "Xem lỗi")
    await desk.tap(HEAD, "Lấy tệp có đánh dấu lỗi")
    document = await office.document(HEAD)
    book = openpyxl.load_workbook(io.BytesIO(document.data))
    listed = [[cell.value for cell in row] for row in book["Cần sửa"].iter_rows(min_row=3)]
    assert [(row[2], row[3][:20]) for row in listed] == [("C2", "“12” không giống số "), ("B3", "Dòng này thiếu họ tê")]
    sheet = book.worksheets[1]
    assert "không giống số điện thoại" in sheet["C2"].comment.text
    assert sheet["C2"].fill.fgColor.rgb == "00F8C9C4"
    assert sheet["A2"].fill.fgColor.rgb != "00F8C9C4"
    assert (sheet["B2"].value, sheet["C3"].value) == ("Lê Văn Một", "0912345678")


async def test_nobody_gets_the_marked_copy_of_another_s_file(office: Office) -> None:
    await head(office)
    await head(office, "nguoi-khac")
    await office.send(HEAD, as_csv([["Chủ hộ", "SĐT"], ["Lê Văn Một", "12"]]), "ds.csv")
    assert (await office.made(HEAD, DocumentKind.ROLL_MARKED, "1")).data
    with pytest.raises(ValueError, match="nothing to mark"):
        await office.made("nguoi-khac", DocumentKind.ROLL_MARKED, "1")
