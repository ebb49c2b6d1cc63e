"""A workbook goes out to an officer, comes back, is compared and tried out, and is adopted with its decision."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from structlog.testing import capture_logs

from bot.dialogs.effects import DocumentKind
from bot.dialogs.events import Pressed
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Say
from bot.dialogs.session import Adopt, AwaitProposal, Question, ReadRules
from bot.dialogs.session import Desk as AtDesk
from bot.scoring.model import Standing
from bot.services import administer
from tests.reports.criteria_workbook.spoiling import REFUSED
from tests.services.office import (
    ADULTS,
    COMMUNE,
    HAMLET,
    OWN,
    PROVINCE,
    XLSX,
    Office,
    edited,
    edited_again,
    editing,
)

TODAY = date(2026, 11, 22)


# --- the role ---------------------------------------------------------------------------------------------------------


async def test_a_code_makes_one_person_an_officer_once(office: Office) -> None:
    code = await office.code()
    welcome = await office.desk.type("can-bo", f"/start {code}")
    assert "Cán bộ phụ trách Xã Mẫu, tỉnh Mẫu" in office.words(welcome)
    desk = await office.desk.tap("can-bo", "Đồng ý")
    assert desk.takes_files
    assert [role.place.id for role in (await office.desk.person("can-bo")).roles] == [COMMUNE]
    again = await office.desk.type("can-bo", f"/start {code}")
    assert "Đã có vai trò này rồi" in office.words(again)
    for_another = await office.desk.type("nguoi-la", f"/start {code}")
    assert "Mã này đã có người dùng" in office.words(for_another)
    await office.desk.tap("nguoi-la", "Đồng ý")
    assert (await office.desk.person("nguoi-la")).roles == ()


async def test_a_family_takes_a_role_beside_its_sheet_or_is_told_why_not(office: Office) -> None:
    await office.desk.register("nha-tu")
    late = await office.code(days=1)
    office.desk.clock.advance(25 * 3600)
    assert "Mã này đã hết hạn" in office.words(await office.desk.type("nha-tu", f"/start {late}"))
    assert (await office.desk.screen("nha-tu")).name == "question"
    await office.desk.type("nha-tu", f"/start {await office.code()}")
    person = await office.desk.person("nha-tu")
    assert [role.kind for role in person.roles] == [RoleKind.OFFICER]
    assert person.session.node == AtDesk()
    assert person.assessment is not None


async def test_guessing_codes_is_slowed_down(office: Office) -> None:
    await office.desk.register("nguoi-la")
    for guess in range(5):
        screen = await office.desk.type("nguoi-la", f"/start AAAAAAA{guess}")
        assert isinstance(screen.paragraphs[0].text, Say)
        assert screen.paragraphs[0].text.code == "register.invite_unknown"
    right = await office.code()
    assert "Xin đợi 15 phút" in office.words(await office.desk.type("nguoi-la", f"/start {right}"))
    assert (await office.desk.person("nguoi-la")).roles == ()
    office.desk.clock.advance(16 * 60)
    assert "Đã nhận vai trò" in office.words(await office.desk.type("nguoi-la", f"/start {right}"))


# --- the workbook goes out --------------------------------------------------------------------------------------------


async def test_an_officer_gets_the_set_in_force_as_a_workbook(office: Office) -> None:
    await office.officer("can-bo")
    data = await office.workbook("can-bo")
    document = await office.document("can-bo")
    assert (document.name, document.mime) == ("gia-dinh-hoc-tap-phieu-mau.xlsx", XLSX)
    assert document.caption is not None
    assert len(data) < 200_000
    info = {row[0]: row[1] for row in load_workbook(BytesIO(data))["Thông tin"].iter_rows(values_only=True)}
    assert info["Địa bàn"] == "Xã Mẫu, tỉnh Mẫu"
    assert info["Bộ tiêu chí này là"] == "Của địa phương"
    assert "gửi lại tệp vào đây" in office.words(await office.desk.screen("can-bo"))
    assert (await office.desk.screen("can-bo")).takes_files


async def test_nobody_else_gets_one(office: Office) -> None:
    await office.officer("can-bo")
    await office.desk.register("nha-tu")
    await office.workbook("can-bo")
    for who, kind, of in (
        ("nha-tu", DocumentKind.WORKBOOK, "gia_dinh_mau/1/2"),
        ("can-bo", DocumentKind.WORKBOOK, "gia_dinh_mau/1/1"),
        ("can-bo", DocumentKind.WORKBOOK, "gia_dinh_mau/9/2"),
        ("can-bo", DocumentKind.WORKBOOK, ""),
        ("can-bo", DocumentKind.MARKED_WORKBOOK, "1"),
        ("can-bo", DocumentKind.MARKED_WORKBOOK, "9" * 90),
    ):
        with pytest.raises(ValueError, match=r"no (workbook|upload)"):
            await office.made(who, kind, of)
    await office.desk.type("nha-tu", "/tieuchi")
    await office.desk.tap("nha-tu", "Gia đình học tập (phiếu mẫu)")
    assert "Lấy tệp Excel để sửa" not in office.labels(await office.desk.screen("nha-tu"))
    revision = (await office.desk.screen("nha-tu")).revision
    await office.desk.accept(office.desk.update(Pressed("w-2", revision), "nha-tu"))
    await office.desk.handle_all()
    assert (await office.desk.screen("nha-tu")).revision == revision


async def test_a_role_taken_before_seven_in_the_morning_works_at_once(office: Office) -> None:
    """The day of UTC is still yesterday then."""
    office.desk.clock.advance(17 * 3600 + 1800)
    assert office.today == TODAY + timedelta(days=1)
    assert office.desk.clock.now().date() == TODAY
    await office.officer("can-bo")
    assert await office.workbook("can-bo")


# --- it comes back ----------------------------------------------------------------------------------------------------


async def test_what_is_wrong_is_told_by_sheet_and_cell_and_marked_in_a_copy(office: Office) -> None:
    await office.officer("can-bo")
    editor = editing(edited(await office.workbook("can-bo")))
    row = editor.row_of(ADULTS, "Người lớn biết chữ")
    editor.cell(ADULTS, row, "Điểm tối đa").value = "mười"
    editor.cell(ADULTS, row, "Căn cứ").value = None
    screen = await office.send("can-bo", editor.saved())
    said = office.words(screen)
    assert "Tệp còn 2 chỗ cần sửa:" in said
    assert f"“{ADULTS}”, ô E5" in said
    assert f"“{ADULTS}”, ô I5: Thiếu “Căn cứ”" in said
    await office.desk.tap("can-bo", "Lấy tệp có đánh dấu chỗ sai")
    marked = await office.document("can-bo")
    copy = editing(marked.data)
    assert marked.name == "can-sua.xlsx"
    assert copy.sheet(ADULTS)["E5"].comment is not None
    copy.cell(ADULTS, row, "Điểm tối đa").value = 10
    copy.cell(ADULTS, row, "Căn cứ").value = "Hướng dẫn của xã"
    assert "Khác với bộ đang áp dụng:" in office.words(await office.send("can-bo", copy.saved()))


async def test_what_is_no_workbook_of_ours_is_refused_with_a_sentence(office: Office) -> None:
    await office.officer("can-bo")
    sums = editing(await office.workbook("can-bo"))
    sums.cell(ADULTS, 5, "Điểm tối đa").value = "=SUM(I5:I7)"
    files = {
        f"công thức ở '{ADULTS}'!E5": sums.saved(),
        "không biết đây là danh sách gì": REFUSED["wrong_template"](),
        ".xlsx": REFUSED["old_or_locked: .xls"](),
    }
    for words, data in files.items():
        screen = await office.send("can-bo", data)
        assert screen.takes_files
        assert "Chưa đọc được tệp này" in office.words(screen)
        assert words in office.words(screen)
    await office.desk.tap("can-bo", "Quay lại")
    assert (await office.desk.screen("can-bo")).name == "desk"


async def test_a_workbook_that_changes_nothing_cannot_be_adopted(office: Office) -> None:
    await office.officer("can-bo")
    screen = await office.send("can-bo", await office.workbook("can-bo"))
    assert "giống hệt bộ tiêu chí đang áp dụng" in office.words(screen)
    assert office.labels(screen) == ["Hủy bỏ"]
    assert isinstance((await office.desk.person("can-bo")).session.node, Adopt)
    await office.desk.accept(office.desk.update(Pressed("adopt", screen.revision), "can-bo"))
    await office.desk.accept(office.desk.update(Pressed("adopt-now", screen.revision), "can-bo"))
    await office.desk.handle_all()
    assert await office.adopted() == ()


async def test_a_workbook_turned_to_other_subjects_is_refused(office: Office) -> None:
    await office.officer("can-bo")
    editor = editing(edited(await office.workbook("can-bo")))
    editor.info("Dùng để đánh giá").value = "Dòng họ"
    assert "đổi sang đối tượng khác" in office.words(await office.send("can-bo", editor.saved()))


async def test_whatever_id_or_standing_a_workbook_claims_the_adopted_set_has_its_own(office: Office) -> None:
    await office.officer("can-bo")
    editor = editing(edited(await office.workbook("can-bo")))
    editor.info("Mã bộ tiêu chí").value = "a" * 40
    editor.info("Phiên bản").value = "99"
    editor.info("Bộ tiêu chí này là").value = "Mẫu"
    await office.adopt("can-bo", editor.saved())
    (adoption,) = await office.adopted()
    assert (adoption.set_id, adoption.version) == ("gia_dinh_mau_p2", "1")
    await office.desk.register("nha-tu")
    rules = await office.criteria("nha-tu")
    assert (rules.id, rules.standing) == ("gia_dinh_mau_p2", Standing.LOCAL)
    assert rules.title.vi == "Gia đình học tập"
    assert rules.note is None, "the note said that this is a sample"
    assert rules.issuing_document == "Quyết định số 12/QĐ-UBND ngày 22/11/2026 (Xã Mẫu)"


# --- the decision -----------------------------------------------------------------------------------------------------


async def test_number_and_days_are_asked_until_they_can_be(office: Office) -> None:
    await office.officer("can-bo")
    await office.send("can-bo", edited(await office.workbook("can-bo")))
    assert (await office.desk.tap("can-bo", "Ban hành bộ này")).name == "number"
    for wrong in ("chưa có", "ờ", "số", "1" * 61, "12/QĐ;DROP"):
        assert (await office.desk.type("can-bo", wrong)).name == "number", wrong
    assert (await office.desk.type("can-bo", "Quyết định số 12/QĐ-UBND")).name == "decided"
    for wrong, why in (
        ("31/2/2026", "Chưa rõ ngày nào"),
        ("hôm nào đó", "Chưa rõ ngày nào"),
        ("23/11/2026", "không thể sau hôm nay"),
        ("mai", "không thể sau hôm nay"),
    ):
        screen = await office.desk.type("can-bo", wrong)
        assert (screen.name, why in office.words(screen)) == ("decided", True), wrong
    assert (await office.desk.type("can-bo", "20/11/2026")).name == "begins"
    for wrong, why in (
        ("21/11/2026", "điều đã qua không sửa được"),
        ("31/2/2027", "Chưa rõ ngày nào"),
        ("1/1/2031", "phải trước đó"),
    ):
        screen = await office.desk.type("can-bo", wrong)
        assert (screen.name, why in office.words(screen)) == ("begins", True), wrong
    last = await office.desk.type("can-bo", "1/12/2026")
    assert "Quyết định số 12/QĐ-UBND, ký ngày 20/11/2026." in office.words(last)
    assert "Áp dụng từ ngày 01/12/2026 đến hết ngày 31/12/2030." in office.words(last)
    assert await office.adopted() == ()
    for back in ("begins", "decided", "number", "difference"):
        assert (await office.desk.tap("can-bo", "Quay lại")).name == back


async def test_an_answer_can_be_mended_and_adopting_left(office: Office) -> None:
    await office.officer("can-bo")
    await office.send("can-bo", edited(await office.workbook("can-bo")))
    await office.decide("can-bo", "12/QĐ-UBND", TODAY, TODAY)
    await office.desk.tap("can-bo", "Quay lại")
    assert "Ngày mai, 23/11/2026" in office.labels(await office.desk.screen("can-bo"))
    last = await office.desk.tap("can-bo", "Ngày mai, 23/11/2026")
    assert "Áp dụng từ ngày 23/11/2026" in office.words(last)
    await office.desk.type("can-bo", "thôi")
    assert (await office.desk.person("can-bo")).session.node == AtDesk()
    assert await office.adopted() == ()


async def test_a_day_that_passes_while_somebody_thinks_is_asked_again(office: Office) -> None:
    await office.officer("can-bo")
    await office.send("can-bo", edited(await office.workbook("can-bo")))
    await office.decide("can-bo", "12/QĐ-UBND", TODAY, TODAY)
    office.be_on(TODAY + timedelta(days=1))
    assert (await office.desk.tap("can-bo", "Ban hành")).name == "begins"
    assert await office.adopted() == ()


async def test_it_is_adopted_once_however_often_the_button_is_pressed(office: Office) -> None:
    await office.officer("can-bo")
    await office.send("can-bo", edited(await office.workbook("can-bo")))
    await office.decide("can-bo", "12/QĐ-UBND", TODAY, TODAY)
    press = await office.desk.press("can-bo", "Ban hành")
    await office.desk.accept(*(office.desk.update(press, "can-bo") for _ in range(3)))
    await office.desk.handle_all()
    (adoption,) = await office.adopted()
    assert (adoption.place_id, adoption.path, adoption.valid_from) == (COMMUNE, "/1/2/", TODAY)
    assert adoption.valid_until == date(2030, 12, 31)


async def test_whoever_was_at_a_question_is_back_at_it(office: Office) -> None:
    await office.desk.register("can-bo")
    await office.desk.type("can-bo", f"/start {await office.code()}")
    data = edited(await office.workbook("can-bo"))
    await office.desk.type("can-bo", "/tomtat")
    await office.desk.tap("can-bo", "Trả lời tiếp (12 câu)")
    asked = (await office.desk.person("can-bo")).session.node
    assert isinstance(asked, Question)
    await office.sent("can-bo", data)
    assert (await office.desk.person("can-bo")).session.node == AwaitProposal(0, asked)
    await office.read()
    await office.decide("can-bo", "12/QĐ-UBND", TODAY, TODAY + timedelta(days=1))
    done = await office.desk.tap("can-bo", "Ban hành")
    assert "Đã ban hành “Gia đình học tập” cho Xã Mẫu" in office.words(done)
    person = await office.desk.person("can-bo")
    assert person.session.node == asked
    assert person.assessment is not None
    assert person.assessment.set_id == "gia_dinh_mau"


async def test_the_answer_comes_wherever_the_officer_has_gone_meanwhile(office: Office) -> None:
    await office.officer("can-bo")
    await office.sent("can-bo", edited(await office.workbook("can-bo")))
    await office.desk.type("can-bo", "/tieuchi")
    assert isinstance((await office.desk.person("can-bo")).session.node, ReadRules)
    await office.read()
    assert (await office.desk.person("can-bo")).session.node == Adopt(1, AtDesk())


# --- several officers -------------------------------------------------------------------------------------------------


async def test_of_two_officers_at_once_the_second_is_told_and_makes_version_two(office: Office) -> None:
    data = b""
    for who in ("chi-hoa", "anh-nam"):
        await office.officer(who)
        data = edited(await office.workbook(who))
        await office.send(who, data)
        await office.decide(who, "12/QĐ-UBND", TODAY, TODAY)
    presses = [office.desk.update(await office.desk.press(who, "Ban hành"), who) for who in ("chi-hoa", "anh-nam")]
    await office.desk.accept(*presses)
    with capture_logs():
        await office.desk.handle_all()
    assert [(each.set_id, each.version) for each in await office.adopted()] == [("gia_dinh_mau_p2", "1")]
    assert "Đã ban hành" in office.words(await office.desk.screen("chi-hoa"))
    told = await office.desk.screen("anh-nam")
    assert "bộ tiêu chí ở đây đã đổi" in office.words(told)
    assert told.name == "desk"
    same = await office.send("anh-nam", data)
    assert "giống hệt bộ tiêu chí đang áp dụng" in office.words(same)
    await office.adopt("anh-nam", edited_again(await office.workbook("anh-nam", OWN)))
    assert [each.version for each in await office.adopted()] == ["1", "2"]


async def test_what_is_shown_is_the_difference_from_the_set_in_force(office: Office) -> None:
    await office.officer("can-bo")
    base = await office.workbook("can-bo")
    await office.adopt("can-bo", edited(base))
    screen = await office.send("can-bo", edited(base, 85))
    said = office.words(screen)
    assert "từ 85 điểm, trước là 81." in said
    assert "Thẻ thư viện" not in said


async def test_the_officer_of_another_commune_can_do_nothing_with_it(office: Office) -> None:
    other = await administer.add_place(office.desk.storage, "commune", "Xã Bên", PROVINCE, TODAY)
    await office.officer("can-bo")
    await office.officer("ben-canh", other.id)
    theirs = edited(await office.workbook("can-bo"))
    screen = await office.send("ben-canh", theirs)
    assert "Tệp này làm cho nơi khác" in office.words(screen)
    for choice in ("adopt", "adopt-now", "today", "w-2", "marked"):
        await office.desk.accept(office.desk.update(Pressed(choice, screen.revision), "ben-canh"))
    await office.desk.handle_all()
    assert await office.adopted() == ()
    editor = editing(theirs)
    editor.info("Số của địa bàn").value = PROVINCE
    assert "Tệp này làm cho nơi khác" in office.words(await office.send("can-bo", editor.saved()))
    editor.info("Số của địa bàn").value = HAMLET
    assert "Tệp này làm cho nơi khác" in office.words(await office.send("can-bo", editor.saved()))


async def test_a_village_head_adopts_nothing(office: Office) -> None:
    code = await office.code(HAMLET, RoleKind.VILLAGE_HEAD)
    await office.desk.type("truong-thon", f"/start {code}")
    desk = await office.desk.tap("truong-thon", "Đồng ý")
    assert desk.takes_files
    await office.officer("can-bo")
    screen = await office.send("truong-thon", edited(await office.workbook("can-bo")))
    assert "Chỉ cán bộ của nơi đó mới ban hành được." in office.words(screen)
