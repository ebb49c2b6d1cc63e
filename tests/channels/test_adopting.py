"""The whole program: an officer adopts the commune's own sheet, and a family there is asked by it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from openpyxl import Workbook
from pypdf import PdfReader

import storage
from bot import bootstrap
from bot.dialogs.facts import RoleKind
from bot.reports.spreadsheets.limits import OF_CRITERIA
from bot.scoring.shipped import load_shipped
from bot.services import administer
from tests.channels.officers import Officer, OnTelegram, OnTheWeb
from tests.channels.test_one_conversation import telegram
from tests.reports.criteria_workbook.editing import SMALL, repacked
from tests.reports.criteria_workbook.spoiling import FIXTURES
from tests.services.office import ADULTS, COMMUNE, PROVINCE, edited, editing
from tests.support.clock import FakeIds
from tests.support.fake_telegram import FakeTelegram, Limits, Settings
from tests.support.process import hoctap
from tests.support.program import RunningClock, program

DECISION = "Quyết định số 12/QĐ-UBND ngày 22/11/2026 (Xã Mẫu)"


@pytest.fixture(autouse=True)
def quick_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are looked for more often than once a second."""
    monkeypatch.setattr(bootstrap, "UPLOADS_EVERY", timedelta(seconds=0.05))


@asynccontextmanager
async def on_telegram(folder: Path) -> AsyncIterator[FakeTelegram]:
    """The program, led to a fake Telegram."""
    async with FakeTelegram(settings=Settings(limits=Limits.off())) as fake, program(folder, **telegram(fake)):
        yield fake


@asynccontextmanager
async def on_the_web(folder: Path) -> AsyncIterator[str]:
    """The program; gives its address."""
    async with program(folder) as url:
        yield url


@asynccontextmanager
async def visitor(url: str) -> AsyncIterator[OnTheWeb]:
    """Somebody with a browser without scripts, who has opened the page."""
    headers = {"Host": "chat.test"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as client:
        person = OnTheWeb(client)
        await person.open()
        yield person


async def granted(folder: Path, place_id: int = COMMUNE) -> str:
    """A code for an officer, made beside the running program."""
    store = storage.open(f"sqlite:///{folder / 'hoctap.db'}")
    try:
        made = await administer.grant(store, RunningClock(), FakeIds(), RoleKind.OFFICER, place_id, 14)
    finally:
        await store.close()
    return made.code


async def takes_role(officer: Officer, code: str) -> None:
    """Arrive by a code and agree."""
    await officer.type(f"/start {code}", "Cán bộ phụ trách")
    await officer.type("đồng ý", "Bàn làm việc")


async def gets_workbook(officer: Officer) -> bytes:
    """Read the rules and get the family set as a workbook."""
    await officer.type("/tieuchi", "Các bộ tiêu chí")
    await officer.tap("Gia đình học tập (phiếu mẫu)", "Chấm điểm 12 chỉ tiêu")
    await officer.tap("Lấy tệp Excel để sửa", officer.document_comes)
    name, data = await officer.document()
    assert name == "gia-dinh-hoc-tap-phieu-mau.xlsx"
    return data


async def adopts(officer: Officer) -> None:
    """From the difference to the end."""
    await officer.tap("Ban hành bộ này", "Số của quyết định")
    await officer.type("12/QĐ-UBND", "ký ngày nào?")
    await officer.type("31/2/2026", "Chưa rõ ngày nào")
    await officer.type("hôm nay", "Áp dụng từ ngày nào?")
    await officer.type("22/11/2026", "mọi nơi bên trong?")
    await officer.tap("Ban hành", "Đã ban hành")


async def hands_in_under_it(family: Officer) -> None:
    """A family without children registers in the commune, answers the commune's questions and hands in."""
    for text, then in (
        ("đồng ý", "muốn được gọi"),
        ("Bà Tư", "Gia đình ở thôn nào?"),
        ("1", "mấy người lớn"),
        ("2", "mấy trẻ"),
        ("0", "Trong những người từ"),
    ):
        await family.type(text, then)
    # The sixth is about the library card, which only the commune asks for.
    answers = ("2/2", "2", "1", "có", "50", "có", "1", "có")
    for number, text in enumerate(answers, 1):
        await family.type(text, f"Đã ghi câu {number}:")
    summary = await family.type("3", "100/100 điểm")
    assert f"Theo bộ tiêu chí của địa phương: {DECISION}." in summary
    await family.tap("Nộp phiếu", "Đã nộp phiếu")


def printed(pdf: bytes) -> str:
    """The words of a PDF."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


async def test_on_telegram(tmp_path: Path) -> None:
    async with on_telegram(tmp_path) as fake:
        made = await hoctap("admin", "grant", "officer", str(COMMUNE), HOCTAP_DATA_DIR=str(tmp_path))
        officer = OnTelegram(fake, "Hoa")
        await takes_role(officer, made.out.splitlines()[0].rsplit(" ", 1)[1])
        data = await gets_workbook(officer)
        assert len(data) < 200_000
        assert officer.caption() == (
            "Bộ tiêu chí “Gia đình học tập (phiếu mẫu)”. Mở bằng Excel hoặc LibreOffice, sửa xong gửi lại vào đây."
        )
        wrong = editing(edited(data))
        wrong.cell(ADULTS, 5, "Điểm tối đa").value = "mười"
        told = await officer.attach("Gia đình.xlsx", wrong.saved(), "Tệp còn 1 chỗ cần sửa")
        assert f"Trang “{ADULTS}”, ô E5: “Điểm tối đa” phải là số, không phải “mười”" in told
        await officer.tap("Lấy tệp có đánh dấu chỗ sai", "Chỗ cần sửa tô đỏ")
        name, marked = await officer.document()
        assert name == "can-sua.xlsx"
        mended = editing(marked)
        mended.cell(ADULTS, 5, "Điểm tối đa").value = 10
        shown = await officer.attach("Gia đình.xlsx", mended.saved(), "Khác với bộ đang áp dụng:")
        assert "• Thêm chỉ tiêu “Thẻ thư viện”: tối đa 4 điểm." in shown
        assert "Năm nay chưa có phiếu nào theo bộ đang áp dụng." in shown
        await adopts(officer)
        family = OnTelegram(fake, "Tư")
        await family.type("/start", "Gia đình học tập")
        await hands_in_under_it(family)
        await family.tap("Lấy ảnh hoặc bản in", "Muốn lấy phiếu dạng nào?")
        await family.tap("Bản in PDF", "Phiếu tự đánh giá năm 2026 của Bà Tư")
        name, pdf = await family.document()
        assert name == "gia-dinh-hoc-tap-2026.pdf"
        assert f"Căn cứ: {DECISION}" in printed(pdf)


async def test_on_the_web(tmp_path: Path) -> None:
    async with on_the_web(tmp_path) as url:
        async with visitor(url) as officer:
            await takes_role(officer, await granted(tmp_path))
            data = await gets_workbook(officer)
            await officer.attach("Gia đình.xlsx", edited(data), "Khác với bộ đang áp dụng:")
            await adopts(officer)
        async with visitor(url) as family:
            await hands_in_under_it(family)
            await family.tap("Lấy ảnh hoặc bản in", "Muốn lấy phiếu dạng nào?")
            await family.tap("Bản in PDF", "Đang gửi")
            _, pdf = await family.document()
            assert f"Căn cứ: {DECISION}" in printed(pdf)
            assert not family.takes_files
            answer = await family.fetch("/tai/workbook?of=gia_dinh_mau_p2/1/2")
            assert answer.status_code == httpx.codes.NOT_FOUND


async def test_a_workbook_that_libreoffice_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was made of a small set for the place with id 7."""
    monkeypatch.setattr(bootstrap, "load_shipped", lambda: (*load_shipped(), SMALL))
    async with on_the_web(tmp_path) as url, visitor(url) as officer:
        store = storage.open(f"sqlite:///{tmp_path / 'hoctap.db'}")
        for name in ("Xã Bên", "Xã Phú Túc"):
            place = await administer.add_place(store, "commune", name, PROVINCE, RunningClock().now().date())
        await store.close()
        await takes_role(officer, await granted(tmp_path, place.id))
        data = (FIXTURES / "libreoffice.xlsx").read_bytes()
        shown = await officer.attach("Bộ nhỏ.xlsx", data, "Khác với bộ đang áp dụng:")
        assert "Tệp đọc được: “Bộ nhỏ”, cho Xã Phú Túc" in shown
        assert "• “Trẻ em đi học”: từ 60% là 5 điểm" in shown
        await adopts(officer)
        page = await officer.fetch("/tieuchi/nho_p7/1")
        assert "Quyết định số 12/QĐ-UBND ngày 22/11/2026 (Xã Phú Túc)" in page.text


async def test_files_that_are_not_read_are_each_answered_with_a_sentence(tmp_path: Path) -> None:
    async with on_telegram(tmp_path) as fake:
        officer = OnTelegram(fake, "Hoa")
        await takes_role(officer, await granted(tmp_path))
        data = await gets_workbook(officer)
        for name, (content, said) in refused(data).items():
            told = await officer.attach(name, content, said)
            assert "%(" not in told
        await officer.attach("Gia đình.xlsx", edited(data), "Khác với bộ đang áp dụng:")


async def test_what_is_too_large_for_the_web_is_answered_there(tmp_path: Path) -> None:
    async with on_the_web(tmp_path) as url, visitor(url) as officer:
        await takes_role(officer, await granted(tmp_path))
        for size in (11_000_000, 50 * 1024**2):
            await officer.attach("a.xlsx", bytes(size), "phải nhỏ hơn 10 MB")


def refused(data: bytes) -> dict[str, tuple[bytes, str]]:
    """{name of a file: its bytes, and what is said of it}; made of a workbook that could be read."""
    formula, merged, hidden = editing(data), editing(data), editing(data)
    formula.cell(ADULTS, 5, "Điểm tối đa").value = "=SUM(I5:I7)"
    merged.sheet(ADULTS).merge_cells("B5:B6")
    hidden.sheet(ADULTS).sheet_state = "hidden"
    blank = BytesIO()
    Workbook().save(blank)
    sheets = BytesIO()
    with ZipFile(sheets, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return {
        "cong-thuc.xlsx": (formula.saved(), f"Tệp có công thức ở '{ADULTS}'!E5"),
        "gop-o.xlsx": (merged.saved(), f"ô bị gộp: '{ADULTS}'!B5:B6"),
        "an.xlsx": (hidden.saved(), f"trang bị ẩn: {ADULTS}"),
        "macro.xlsm": (repacked(data, _same, **{"xl__vbaProject.bin": b"x"}), "Tệp có macro"),
        "bom.xlsx": (repacked(data, _same, xl__a=bytes(OF_CRITERIA.bytes_inside)), "bung ra lớn bất thường"),
        "khong.xlsx": (bytes(50 * 1024**2), "phải nhỏ hơn 10 MB"),
        "mau-khac.xlsx": (blank.getvalue(), "không biết đây là danh sách gì"),
        "cu.xls": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000), "dạng .xls cũ"),
        "mo.ods": (sheets.getvalue(), "Đây không phải tệp Excel dạng .xlsx"),
    }


def _same(_: str, content: bytes) -> bytes:
    return content
