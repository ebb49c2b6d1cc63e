"""A round trip by Excel: the workbook is taken home, filled in, sent back, looked at and recorded."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.dialogs.codec import decode_answer
from bot.dialogs.effects import DocumentKind
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.screens import Screen
from bot.dialogs.village.facts import Side
from bot.scoring.model import Answer, Quantity, YesNo
from storage.tables import answer, assessment, difference, subject
from tests.reports.answers_workbook.filling import Filler
from tests.services.office import COMMUNE, HAMLET, Office, edited
from tests.village.families import Families
from tests.village.roll import HEAD, become_head, enter
from tests.village.rows import Rows, Write

NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường")
GOOD: Mapping[str, object] = {
    "tre_em_di_hoc": "2/2",
    "tre_em_ket_qua": "2/2",
    "tre_em_nep_song": "Được cả hai điều",
    "nguoi_lon_biet_chu": "2/2",
    "nguoi_lon_hoc_them": "2/2",
    "nguoi_lon_tim_hieu": "Thường xuyên",
    "dieu_kien_goc_hoc": "có",
    "dieu_kien_sach_bao": 60,
    "dieu_kien_quy": "Có, để dành đều",
    "hieu_qua_doi_song": "Giúp nhiều",
    "hieu_qua_van_hoa": "x",
    "hieu_qua_cong_dong": "5",
}
"""10 + 10 + 10 + 10 + 10 + 10 + 8 + 6 + 6 + 8 + 6 + 6 = 100."""


@pytest.fixture
async def ids(office: Office, rows: Rows) -> dict[str, int]:
    """A head with three households."""
    await become_head(office)
    await enter(office, *NAMES)
    return {row["name"]: row["id"] for row in await rows(subject)}


async def workbook(office: Office, who: str = HEAD) -> Filler:
    """The workbook as it is sent."""
    return Filler((await office.made(who, DocumentKind.ANSWERS_WORKBOOK, str(HAMLET))).data)


async def applied(office: Office, label: str) -> Screen:
    """Have a file applied."""
    await office.desk.tap(HEAD, label)
    await office.apply()
    return await office.desk.screen(HEAD)


async def answers_of(rows: Rows, subject_id: int) -> dict[str, Answer]:
    sheets = [row["id"] for row in await rows(assessment) if row["subject_id"] == subject_id]
    found = [row for row in await rows(answer) if row["assessment_id"] in sheets]
    return {row["indicator"]: decode_answer(row["value"]) for row in found}


async def test_a_filled_workbook_is_shown_recorded_and_handed_in(
    office: Office, rows: Rows, ids: dict[str, int]
) -> None:
    an, binh, cuong = (ids[name] for name in NAMES)
    filled = await workbook(office)
    for indicator, value in GOOD.items():
        filled.fill(an, indicator, value)
    filled.fill(binh, "dieu_kien_goc_hoc", "chưa").fill(cuong, "dieu_kien_sach_bao", "nhiều")

    screen = await office.send(HEAD, filled.saved())

    assert "Sẽ ghi 13 câu trả lời của 2 hộ." in office.words(screen)
    assert "1 ô cần xem lại, chưa ghi." in office.words(screen)
    assert await rows(assessment) == []

    screen = await applied(office, "Ghi cho 2 hộ")

    assert "Đã ghi câu trả lời của 2 hộ." in office.words(screen)
    assert len(await answers_of(rows, an)) == 12
    assert await answers_of(rows, binh) == {"dieu_kien_goc_hoc": YesNo(False)}
    sheets = {row["subject_id"]: row for row in await rows(assessment)}
    assert (sheets[an]["total"], sheets[an]["title_id"], sheets[an]["is_scored"]) == (100, "gia_dinh_hoc_tap", True)
    assert {(row["side"], row["channel"]) for row in await rows(answer)} == {(Side.HEAD, "excel")}
    assert "Nộp 1 phiếu đã đủ" in office.labels(screen)

    screen = await office.desk.tap(HEAD, "Nộp 1 phiếu đã đủ")

    assert "Đã nộp 1 phiếu." in office.words(screen)
    assert "Nộp 1 phiếu đã đủ" not in office.labels(screen)
    states = {row["subject_id"]: row["state"] for row in await rows(assessment)}
    assert states == {an: AssessmentState.HANDED_IN, binh: AssessmentState.DRAFT}


async def test_an_unknown_cell_is_named_with_how_to_mend_it(office: Office, ids: dict[str, int]) -> None:
    filled = (await workbook(office)).fill(ids[NAMES[0]], "nguoi_lon_biet_chu", "đông lắm")
    cell = filled.name(ids[NAMES[0]], "nguoi_lon_biet_chu")

    await office.send(HEAD, filled.saved())
    screen = await office.desk.tap(HEAD, "Xem lỗi")

    assert f"ô {cell}: Chưa rõ “đông lắm” là mấy trên mấy. Xin ghi hai số như 18/24" in office.words(screen)


async def test_a_marked_copy_can_be_mended_and_sent_back(office: Office, rows: Rows, ids: dict[str, int]) -> None:
    """What was typed is still there, with its drop-downs; after mending, both answers are recorded."""
    an = ids[NAMES[0]]
    filled = (await workbook(office)).fill(an, "nguoi_lon_biet_chu", "đông lắm").fill(an, "dieu_kien_goc_hoc", "x")
    await office.send(HEAD, filled.saved())
    await office.desk.tap(HEAD, "Xem lỗi")
    await office.desk.tap(HEAD, "Lấy tệp có đánh dấu lỗi")

    marked = Filler((await office.document(HEAD)).data)
    marked.sheet = marked.book["Câu trả lời"]
    cell = marked.sheet[marked.name(an, "nguoi_lon_biet_chu")]
    assert cell.comment is not None
    assert "Chưa rõ “đông lắm” là mấy trên mấy" in cell.comment.text
    assert marked.sheet.row_dimensions[1].hidden
    assert marked.book["_hoctap_answers"].sheet_state == "veryHidden"
    assert len(marked.sheet.data_validations.dataValidation) >= 6

    screen = await office.send(HEAD, marked.fill(an, "nguoi_lon_biet_chu", "2/2").saved())
    assert "Sẽ ghi 2 câu trả lời của 1 hộ." in office.words(screen)
    assert "cần xem lại" not in office.words(screen)


async def test_a_file_without_changes_is_said_to_be_so(office: Office, ids: dict[str, int]) -> None:
    screen = await office.send(HEAD, (await workbook(office)).saved())
    assert "Trong tệp chưa có ô nào khác" in office.words(screen)


async def test_the_same_file_sent_again_changes_nothing(office: Office, rows: Rows, ids: dict[str, int]) -> None:
    filled = (await workbook(office)).fill(ids[NAMES[0]], "dieu_kien_goc_hoc", "Có")
    await office.send(HEAD, filled.saved())
    await applied(office, "Ghi cho 1 hộ")

    screen = await office.send(HEAD, filled.saved())

    assert "Trong tệp chưa có ô nào khác" in office.words(screen)
    assert len(await rows(answer)) == 1


async def test_what_was_answered_is_in_the_next_workbook(office: Office, ids: dict[str, int]) -> None:
    an = ids[NAMES[0]]
    filled = (await workbook(office)).fill(an, "dieu_kien_goc_hoc", "x").fill(an, "nguoi_lon_biet_chu", "1/2")
    await office.send(HEAD, filled.saved())
    await applied(office, "Ghi cho 1 hộ")

    again = await workbook(office)

    assert again.sheet[again.name(an, "dieu_kien_goc_hoc")].value == "Có"
    assert again.sheet[again.name(an, "nguoi_lon_biet_chu")].value == "1/2"


async def test_a_familys_own_answer_stays_and_both_are_kept(office: Office, rows: Rows) -> None:
    await become_head(office)
    families = Families(office.desk)
    await families.register("Nhà Lò")
    taken = await workbook(office)
    await families.answer("Nhà Lò", 4)  # the seat to learn at: "chưa"
    (household,) = await rows(subject)
    filled = taken.fill(household["id"], "dieu_kien_goc_hoc", "Có").fill(household["id"], "hieu_qua_van_hoa", "Có")

    screen = await office.send(HEAD, filled.saved())

    assert "1 câu khác với câu gia đình đã trả lời" in office.words(screen)
    screen = await office.desk.tap(HEAD, "Xem câu gia đình khác")
    assert "Nhà Lò, Chỗ ngồi học: gia đình Chưa; Excel Có" in office.words(screen)

    await office.desk.tap(HEAD, "Quay lại")
    await applied(office, "Ghi cho 1 hộ")

    stands = await answers_of(rows, household["id"])
    assert (stands["dieu_kien_goc_hoc"], stands["hieu_qua_van_hoa"]) == (YesNo(False), YesNo(True))
    (waits,) = await rows(difference)
    assert (waits["indicator"], waits["side"], waits["channel"]) == ("dieu_kien_goc_hoc", Side.HEAD, "excel")


async def changed_in_the_chat(office: Office, subject_id: int, *changes: tuple[str, object, object]) -> Filler:
    """The head takes a workbook and changes it, and meanwhile answers the same questions otherwise."""
    first = await workbook(office)
    other = await workbook(office)
    for indicator, by_chat, by_excel in changes:
        first.fill(subject_id, indicator, by_chat)
        other.fill(subject_id, indicator, by_excel)
    await office.send(HEAD, first.saved())
    await applied(office, "Ghi cho 1 hộ")
    return other


async def test_ones_own_answer_given_meanwhile_is_asked_about(office: Office, rows: Rows, ids: dict[str, int]) -> None:
    an = ids[NAMES[0]]
    other = await changed_in_the_chat(
        office, an, ("dieu_kien_sach_bao", 5, 60), ("hieu_qua_cong_dong", 1, 9), ("dieu_kien_goc_hoc", "Có", "Chưa")
    )
    other.fill(an, "hieu_qua_van_hoa", "Có")

    screen = await office.send(HEAD, other.saved())

    assert "Sẽ ghi 1 câu trả lời của 1 hộ." in office.words(screen)
    assert "3 câu đã đổi trong trò chuyện" in office.words(screen)

    screen = await office.desk.tap(HEAD, "Xem câu đã đổi")
    assert "Trong trò chuyện: Có" in office.words(screen)
    assert "Trong Excel: Chưa" in office.words(screen)
    screen = await office.desk.tap(HEAD, "Giữ trong trò chuyện")
    assert "Trong trò chuyện: 5 cuốn\nTrong Excel: 60 cuốn" in office.words(screen)
    screen = await office.desk.tap(HEAD, "Lấy theo Excel")
    assert "Câu 3 trong 3 câu đã đổi" in office.words(screen)
    screen = await office.desk.tap(HEAD, "Giữ trong trò chuyện")
    assert "Sẽ ghi 2 câu trả lời của 1 hộ." in office.words(screen)
    await applied(office, "Ghi cho 1 hộ")

    found = await answers_of(rows, an)
    assert found["dieu_kien_sach_bao"] == Quantity(60)  # type: ignore[arg-type]  # 60 equals Decimal(60)
    assert found["hieu_qua_cong_dong"] == Quantity(1)  # type: ignore[arg-type]  # likewise
    assert (found["dieu_kien_goc_hoc"], found["hieu_qua_van_hoa"]) == (YesNo(True), YesNo(True))


async def test_nothing_of_ones_own_is_taken_unasked(office: Office, rows: Rows, ids: dict[str, int]) -> None:
    an = ids[NAMES[0]]
    other = await changed_in_the_chat(office, an, ("dieu_kien_goc_hoc", "Có", "Chưa"))

    screen = await office.send(HEAD, other.saved())

    assert "Chưa có câu trả lời nào để ghi." in office.words(screen)
    assert [label for label in office.labels(screen) if label.startswith("Ghi cho")] == []

    await office.desk.tap(HEAD, "Xem câu đã đổi")
    await office.desk.tap(HEAD, "Lấy theo Excel")
    await applied(office, "Ghi cho 1 hộ")
    assert await answers_of(rows, an) == {"dieu_kien_goc_hoc": YesNo(False)}


async def test_all_that_is_left_can_be_decided_at_once(office: Office, rows: Rows, ids: dict[str, int]) -> None:
    an = ids[NAMES[0]]
    other = await changed_in_the_chat(
        office, an, ("dieu_kien_sach_bao", 5, 60), ("hieu_qua_cong_dong", 1, 9), ("dieu_kien_goc_hoc", "Có", "Chưa")
    )
    await office.send(HEAD, other.saved())
    await office.desk.tap(HEAD, "Xem câu đã đổi")
    screen = await office.desk.tap(HEAD, "Lấy hết theo Excel")

    assert "Đã chọn xong." in office.words(screen)
    assert "Sẽ ghi 3 câu trả lời của 1 hộ." in office.words(screen)


async def test_handed_in_and_moved_away_are_left_alone_and_listed(
    office: Office, write: Write, rows: Rows, ids: dict[str, int]
) -> None:
    an, binh, cuong = (ids[name] for name in NAMES)
    first = (await workbook(office)).fill(an, "dieu_kien_goc_hoc", "Có")
    await office.send(HEAD, first.saved())
    await applied(office, "Ghi cho 1 hộ")
    filled = await workbook(office)
    for each in (an, binh, cuong):
        filled.fill(each, "hieu_qua_van_hoa", "Có")
    await write("UPDATE assessment SET state = 'confirmed'")
    await write("UPDATE subject SET left_on = '2026-10-01' WHERE id = :id", id=binh)

    screen = await office.send(HEAD, filled.saved())

    assert "Sẽ ghi 1 câu trả lời của 1 hộ." in office.words(screen)
    screen = await office.desk.tap(HEAD, "Xem lỗi")
    assert "Phiếu của “Nguyễn Văn An” đã xác nhận, nên hàng này được để yên." in office.words(screen)
    assert "Hộ “Trần Thị Bình” đã chuyển đi, nên hàng này không được lưu." in office.words(screen)


async def test_another_hamlets_workbook_is_refused(office: Office, ids: dict[str, int]) -> None:
    filled = (await workbook(office)).fill(ids[NAMES[0]], "dieu_kien_goc_hoc", "Có")
    await become_head(office, "other", HAMLET + 1)

    screen = await office.send("other", filled.saved())

    assert "Tệp này là của một thôn khác." in office.words(screen)


async def test_another_years_workbook_is_refused(office: Office, ids: dict[str, int]) -> None:
    filled = (await workbook(office)).fill(ids[NAMES[0]], "dieu_kien_goc_hoc", "Có")
    office.desk.clock.advance(60 * 24 * 3600)

    screen = await office.send(HEAD, filled.saved())

    assert "Tệp này là của năm 2026, còn bây giờ đang làm năm 2027." in office.words(screen)


async def test_the_workbook_of_older_rules_is_refused(office: Office, ids: dict[str, int]) -> None:
    filled = (await workbook(office)).fill(ids[NAMES[0]], "dieu_kien_goc_hoc", "Có")
    await office.officer("officer", COMMUNE)
    await office.adopt("officer", edited(await office.workbook("officer")))

    screen = await office.send(HEAD, filled.saved())

    assert "đã thay bằng" in office.words(screen)
    assert "Xin lấy bảng mới rồi chép câu trả lời sang." in office.words(screen)


async def test_answers_of_a_head_whose_role_has_ended_are_not_recorded(
    office: Office, write: Write, rows: Rows, ids: dict[str, int]
) -> None:
    filled = (await workbook(office)).fill(ids[NAMES[0]], "dieu_kien_goc_hoc", "Có")
    await office.send(HEAD, filled.saved())
    await office.desk.tap(HEAD, "Ghi cho 1 hộ")
    await write("UPDATE role SET until = '2026-01-01'")

    await office.apply()

    assert await rows(answer) == []


@pytest.mark.parametrize("of", ["4", "2", "x", "", "0", "3/x", "99999999999999999999"])
async def test_no_workbook_of_a_place_that_is_not_the_persons(office: Office, ids: dict[str, int], of: str) -> None:
    with pytest.raises(ValueError, match="no village head"):
        await office.made(HEAD, DocumentKind.ANSWERS_WORKBOOK, of)


async def test_an_officer_gets_no_answers_of_families(office: Office, ids: dict[str, int]) -> None:
    await office.officer("officer", COMMUNE)
    with pytest.raises(ValueError, match="no village head"):
        await office.made("officer", DocumentKind.ANSWERS_WORKBOOK, str(HAMLET))
    assert RoleKind.OFFICER in [role.kind for role in (await office.desk.person("officer")).roles]


async def test_the_workbook_is_one_tap_away(office: Office, ids: dict[str, int]) -> None:
    await office.desk.type(HEAD, "Thêm hộ, thẻ mời, Excel")
    await office.desk.tap(HEAD, "Lấy phiếu trả lời Excel")
    document = await office.document(HEAD)

    assert document.name == "cau-tra-loi-thon-mau-1-2026.xlsx"
    assert document.data.startswith(b"PK")


async def test_a_hamlet_of_three_hundred_is_recorded_in_one_go(office: Office, write: Write, rows: Rows) -> None:
    await become_head(office)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
    await write(
        f"{numbers} INSERT INTO subject (kind, name, place_id, created_at, told, sort_key) "  # noqa: S608
        "SELECT 'household', 'Hộ ' || i, 3, '2026-01-01', '{}', printf('%04d', i) FROM n"
    )
    filled = await workbook(office)
    for row in await rows(subject):
        for indicator, value in GOOD.items():
            filled.fill(row["id"], indicator, value)
    data = filled.saved()

    screen = await office.send(HEAD, data)
    assert "Sẽ ghi 3.600 câu trả lời của 300 hộ." in office.words(screen)
    screen = await applied(office, "Ghi cho 300 hộ")
    screen = await office.desk.tap(HEAD, "Nộp 300 phiếu đã đủ")

    assert "Đã nộp 300 phiếu." in office.words(screen)
    assert {row["state"] for row in await rows(assessment)} == {AssessmentState.HANDED_IN}
