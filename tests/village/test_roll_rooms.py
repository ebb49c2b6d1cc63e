"""The list of a hamlet and its households, as a village head meets them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Screen
from bot.dialogs.session import Desk as AtDesk
from bot.dialogs.village.nodes import Household, Households, PickVillage
from tests.services.desk import Desk
from tests.services.office import HAMLET, Office

HEAD = "truong-thon"


async def become_head(office: Office, who: str = HEAD, place_id: int = HAMLET) -> Screen:
    """Somebody takes the code of a village head and agrees."""
    await office.desk.type(who, f"/start {await office.code(place_id, RoleKind.VILLAGE_HEAD)}")
    return await office.desk.tap(who, "Đồng ý")


async def become_head_too(office: Office, place_id: int) -> None:
    """The same person takes the code of another hamlet."""
    await office.desk.type(HEAD, f"/start {await office.code(place_id, RoleKind.VILLAGE_HEAD)}")


async def add(desk: Desk, *names: str, who: str = HEAD) -> Screen:
    """From the list, put households on it, each with its number."""
    for number, name in enumerate(names, 1):
        screen = await desk.type(who, "Thêm hộ, thẻ mời, Excel")
        await desk.tap(who, "Thêm hộ")
        await desk.type(who, name)
        await desk.type(who, f"{number:03}")
        screen = await desk.tap(who, "Ghi luôn")
        await desk.tap(who, "Xem tất cả")
    return screen


@pytest.fixture
async def head(office: Office) -> Office:
    """A village head in front of the empty list of a hamlet."""
    await become_head(office)
    await office.desk.tap(HEAD, "Danh sách hộ trong thôn")
    return office


async def test_an_empty_list_offers_to_fill_it(head: Office) -> None:
    screen = await head.desk.screen(HEAD)
    assert "Danh sách hộ: Thôn Mẫu 1" in head.words(screen)
    assert {"Thêm hộ", "Lấy mẫu Excel danh sách"} <= set(head.labels(screen))
    assert screen.takes_files


async def test_a_household_is_added_line_by_line(head: Office) -> None:
    desk = head.desk
    await desk.tap(HEAD, "Thêm hộ")
    for typed in ("Nguyễn Văn An", "017", "Tổ 3", "+84 912.345.678"):
        await desk.type(HEAD, typed)
    await desk.tap(HEAD, "3")
    screen = await desk.tap(HEAD, "2")
    assert "Đã thêm hộ Nguyễn Văn An" in head.words(screen)
    assert "017 Nguyễn Văn An · chưa trả lời" in head.labels(screen)

    words = head.words(await desk.tap(HEAD, "017 Nguyễn Văn An · chưa trả lời"))
    for said in ("017 Nguyễn Văn An", "Nhóm: Tổ 3", "0912 345 678", "Người lớn: 3", "Trẻ tuổi đi học: 2"):
        assert said in words


async def test_whatever_is_not_known_is_skipped(head: Office) -> None:
    desk = head.desk
    await desk.tap(HEAD, "Thêm hộ")
    await desk.type(HEAD, "Lò Thị Mai")
    for _ in range(5):
        screen = await desk.tap(HEAD, "Bỏ qua")
    assert "Lò Thị Mai · chưa trả lời" in head.labels(screen)


async def test_back_leads_one_line_back_and_stop_leaves_nothing(head: Office) -> None:
    desk = head.desk
    await desk.tap(HEAD, "Thêm hộ")
    await desk.type(HEAD, "Lò Thị Mai")
    screen = await desk.tap(HEAD, "Quay lại")
    assert "Họ và tên chủ hộ?" in head.words(screen)
    screen = await desk.tap(HEAD, "Thôi, không ghi")
    assert "Không ghi gì." in head.words(screen)
    assert "Chưa có hộ nào" in head.words(screen)


@pytest.mark.parametrize(
    ("asked", "typed", "says"),
    [
        (0, "https://vi.vn", "Xin gõ họ và tên"),
        (1, "không rõ", "Xin gõ số của hộ trong sổ"),
        (2, "x" * 41, "Xin gõ tên tổ hoặc xóm"),
        (3, "0912 345", "Số này chưa đúng"),
        (4, "năm mươi", "30"),
    ],
)
async def test_what_cannot_be_is_asked_again(head: Office, asked: int, typed: str, says: str) -> None:
    desk = head.desk
    await desk.tap(HEAD, "Thêm hộ")
    if asked:
        await desk.type(HEAD, "Lò Thị Mai")
    for _ in range(asked - 1):
        await desk.tap(HEAD, "Bỏ qua")
    before = (await desk.screen(HEAD)).revision
    screen = await desk.type(HEAD, typed)
    assert says in head.words(screen)
    assert screen.revision == before


async def test_a_name_that_is_there_is_pointed_out(head: Office) -> None:
    desk = head.desk
    await add(desk, "Nguyễn Văn An", "Nguyễn Văn Bình")
    await desk.tap(HEAD, "Thêm hộ, thẻ mời, Excel")
    await desk.tap(HEAD, "Thêm hộ")
    screen = await desk.type(HEAD, "nguyen van an")
    assert "đã có hộ tên Nguyen Van An" in head.words(screen)
    assert head.labels(screen)[:2] == ["001 Nguyễn Văn An · chưa trả lời", "Là hộ khác, cứ thêm"]
    await desk.tap(HEAD, "Là hộ khác, cứ thêm")
    screen = await desk.tap(HEAD, "Ghi luôn")
    assert sum("an · chưa trả lời" in label.casefold() for label in head.labels(screen)) == 2

    await desk.tap(HEAD, "Thêm hộ, thẻ mời, Excel")
    await desk.tap(HEAD, "Thêm hộ")
    await desk.type(HEAD, "Nguyễn Văn Bình")
    screen = await desk.tap(HEAD, "002 Nguyễn Văn Bình · chưa trả lời")
    assert screen.name == "household"


async def test_the_list_is_turned_page_by_page(head: Office) -> None:
    desk = head.desk
    await add(desk, *(f"Hộ Mẫu {n}" for n in range(1, 8)))
    screen = await desk.screen(HEAD)
    assert "Hộ 1-6 trong 7 hộ." in head.words(screen)
    screen = await desk.tap(HEAD, "Trang sau")
    assert [each for each in head.labels(screen) if "·" in each] == ["007 Hộ Mẫu 7 · chưa trả lời"]
    assert "Trang sau" not in head.labels(screen)
    screen = await desk.type(HEAD, "từ đầu")
    assert "Hộ 1-6 trong 7 hộ." in head.words(screen)


@pytest.mark.parametrize("typed", ["hoa", "Hòa", "003", "hộ 3", "le hoa"])
async def test_the_one_that_is_found_opens(head: Office, typed: str) -> None:
    await add(head.desk, "Nguyễn Văn An", "Trần Thị Bình", "Lê Hòa")
    screen = await head.desk.type(HEAD, typed)
    assert screen.name == "household"
    assert "003 Lê Hòa" in head.words(screen)


async def test_several_that_are_found_are_listed_until_all_are_wanted(head: Office) -> None:
    await add(head.desk, "Nguyễn Văn An", "Trần Thị Bình", "Nguyễn Thị Chi")
    screen = await head.desk.type(HEAD, "nguyễn")
    assert "Có 2 dòng khớp với “nguyễn”" in head.words(screen)
    screen = await head.desk.tap(HEAD, "Xem tất cả")
    assert "Hộ 1-3 trong 3 hộ." in head.words(screen)


async def test_nobody_found_says_so_and_a_digit_is_a_place_on_the_screen(head: Office) -> None:
    await add(head.desk, "Nguyễn Văn An", "Trần Thị Bình")
    assert "Không thấy ai khớp với “dũng”" in head.words(await head.desk.type(HEAD, "dũng"))
    assert "Không thấy ai khớp với “29”" in head.words(await head.desk.type(HEAD, "29"))
    assert "002 Trần Thị Bình" in head.words(await head.desk.type(HEAD, "2"))


async def test_states_are_filters_by_tap_and_by_words(head: Office) -> None:
    await add(head.desk, "Nguyễn Văn An", "Trần Thị Bình")
    screen = await head.desk.tap(HEAD, "Xem theo tình trạng")
    assert "Chưa trả lời (2)" in head.labels(screen)
    assert "Tất cả (2)" in head.labels(screen)
    screen = await head.desk.tap(HEAD, "Đã nộp (0)")
    assert "Chỉ xem: đã nộp." in head.words(screen)
    assert not [each for each in head.labels(screen) if "·" in each]
    screen = await head.desk.type(HEAD, "chưa trả lời")
    assert "Chỉ xem: chưa trả lời." in head.words(screen)
    screen = await head.desk.type(HEAD, "tất cả")
    assert "Chỉ xem" not in head.words(screen)


async def test_the_next_unfinished_one_leads_on(head: Office) -> None:
    await add(head.desk, "Nguyễn Văn An", "Trần Thị Bình")
    screen = await head.desk.tap(HEAD, "Hộ chưa xong tiếp theo")
    assert "001 Nguyễn Văn An" in head.words(screen)
    screen = await head.desk.tap(HEAD, "Hộ chưa xong tiếp theo")
    assert "002 Trần Thị Bình" in head.words(screen)
    screen = await head.desk.tap(HEAD, "Quay lại")
    assert screen.name == "households"


async def test_only_what_is_changed_is_corrected(head: Office) -> None:
    desk = head.desk
    await add(desk, "Nguyễn Văn An")
    await desk.type(HEAD, "an")
    await desk.tap(HEAD, "Sửa thông tin")
    await desk.tap(HEAD, "Giữ nguyên")
    screen = await desk.type(HEAD, "018")
    assert "Ở tổ, xóm nào" in head.words(screen)
    screen = await desk.tap(HEAD, "Ghi luôn")
    assert "018 Nguyễn Văn An" in head.words(screen)
    await desk.tap(HEAD, "Sửa thông tin")
    assert "Không có gì thay đổi." in head.words(await desk.tap(HEAD, "Ghi luôn"))


async def test_who_moved_away_comes_back_with_one_tap(head: Office) -> None:
    desk = head.desk
    await add(desk, "Nguyễn Văn An", "Trần Thị Bình")
    await desk.type(HEAD, "bình")
    await desk.tap(HEAD, "Chuyển đi / gộp")
    screen = await desk.tap(HEAD, "Đã chuyển đi nơi khác")
    assert "đã rời danh sách" in head.words(screen)
    assert head.labels(screen)[0] == "Đưa lại vào danh sách"
    screen = await desk.tap(HEAD, "Quay lại")
    assert "Hộ 1-1 trong 1 hộ." in head.words(screen)


async def test_undoing_it(head: Office) -> None:
    desk = head.desk
    await add(desk, "Nguyễn Văn An")
    await desk.type(HEAD, "an")
    await desk.tap(HEAD, "Chuyển đi / gộp")
    await desk.tap(HEAD, "Đã chuyển đi nơi khác")
    screen = await desk.tap(HEAD, "Đưa lại vào danh sách")
    assert "đã có lại trong danh sách" in head.words(screen)
    assert "Chưa trả lời: 1." in head.words(await desk.tap(HEAD, "Quay lại"))


async def test_two_lines_become_one_after_both_were_shown(head: Office) -> None:
    desk = head.desk
    await add(desk, "Nguyễn Văn An", "Ng. Văn An", "Trần Thị Bình")
    await desk.type(HEAD, "ng. văn an")
    await desk.tap(HEAD, "Chuyển đi / gộp")
    screen = await desk.tap(HEAD, "Trùng với một hộ khác")
    assert "002 Ng. Văn An · chưa trả lời" not in head.labels(screen)
    screen = await desk.type(HEAD, "nguyen")
    screen = await desk.tap(HEAD, "001 Nguyễn Văn An · chưa trả lời")
    for said in ("Hai dòng này có phải là một hộ không?", "001 Nguyễn Văn An", "002 Ng. Văn An"):
        assert said in head.words(screen)
    screen = await desk.tap(HEAD, "Gộp, giữ tên 001 Nguyễn Văn An")
    assert "Đã gộp thành một hộ." in head.words(screen)
    assert "001 Nguyễn Văn An" in head.words(screen)
    assert "Hộ 1-2 trong 2 hộ." in head.words(await desk.tap(HEAD, "Quay lại"))


async def test_a_household_moves_to_another_hamlet_of_the_same_head(office: Office) -> None:
    desk = office.desk
    await become_head(office)
    await become_head_too(office, 5)
    screen = await desk.tap(HEAD, "Danh sách hộ trong thôn")
    assert isinstance((await desk.person(HEAD)).session.node, PickVillage)
    assert [each for each in office.labels(screen) if "Thôn" in each] == [
        "Thôn Mẫu 1 (xã Mẫu, tỉnh Mẫu)", "Thôn Mẫu 3 (xã Mẫu, tỉnh Mẫu)",
    ]  # fmt: skip
    screen = await desk.type(HEAD, "mẫu 1")
    assert "Danh sách hộ: Thôn Mẫu 1" in office.words(screen)
    await add(desk, "Nguyễn Văn An", "Trần Thị Bình")
    await desk.type(HEAD, "an")
    await desk.type(HEAD, "nguyễn")
    await desk.tap(HEAD, "Chuyển đi / gộp")
    screen = await desk.tap(HEAD, "Chuyển sang thôn khác")
    assert not any("Thôn Mẫu 1" in label for label in office.labels(screen))
    screen = await desk.tap(HEAD, "Thôn Mẫu 3 (xã Mẫu, tỉnh Mẫu)")
    assert "Hộ đã chuyển sang Thôn Mẫu 3" in office.words(screen)


async def test_cards_templates_and_sheets_are_sent_as_files(head: Office) -> None:
    desk = head.desk
    await add(desk, "Nguyễn Văn An")
    for label, kind, of in (
        ("In thẻ mời cho cả thôn", DocumentKind.CARDS, "place/3"),
        ("Lấy mẫu Excel danh sách", DocumentKind.ROLL_TEMPLATE, "3"),
        ("Lấy phiếu trả lời Excel", DocumentKind.ANSWERS_WORKBOOK, "3"),
    ):
        await desk.tap(HEAD, "Thêm hộ, thẻ mời, Excel")
        screen = await desk.tap(HEAD, label)
        assert "đang được gửi" in head.words(screen)
        sent = [each for each in await desk.mail(HEAD) if isinstance(each, SendDocument)][-1]
        assert (sent.kind, sent.of) == (kind, of)
    await desk.type(HEAD, "an")
    await desk.tap(HEAD, "Thẻ mời (QR)")
    sent = [each for each in await desk.mail(HEAD) if isinstance(each, SendDocument)][-1]
    assert (sent.kind, sent.of) == (DocumentKind.INVITE_CARD, "1")


async def test_clans_and_others_have_a_list_of_their_own(head: Office) -> None:
    await head.desk.tap(HEAD, "Thêm hộ, thẻ mời, Excel")
    await head.desk.tap(HEAD, "Dòng họ, đơn vị, công dân")
    screen = await head.desk.tap(HEAD, "Dòng họ")
    assert "Danh sách dòng họ: Thôn Mẫu 1" in head.words(screen)
    assert "Thêm hộ, thẻ mời, Excel" not in head.labels(screen)
    await head.desk.tap(HEAD, "Danh sách khác")
    screen = await head.desk.tap(HEAD, "Hộ gia đình")
    assert "Danh sách hộ: Thôn Mẫu 1" in head.words(screen)


async def test_the_list_is_still_there_behind_a_look_aside(head: Office) -> None:
    await add(head.desk, "Nguyễn Văn An")
    await head.desk.type(HEAD, "/language")
    screen = await head.desk.tap(HEAD, "Quay lại")
    assert "Hộ 1-1 trong 1 hộ." in head.words(screen)
    screen = await head.desk.tap(HEAD, "Trợ giúp")
    assert "001 Nguyễn Văn An · chưa trả lời" in head.labels(screen)


async def test_nobody_without_the_role_stays_in_the_rooms(head: Office, tmp_path: Path) -> None:
    """A role that ended between two taps leads back, whatever is on the screen."""
    await add(head.desk, "Nguyễn Văn An")
    await head.desk.type(HEAD, "an")
    assert isinstance((await head.desk.person(HEAD)).session.node, Household)
    with closing(sqlite3.connect(tmp_path / "test.db")) as file, file:
        file.execute("UPDATE role SET until = '2026-01-31'")
    screen = await head.desk.tap(HEAD, "Sửa thông tin")
    assert not isinstance((await head.desk.person(HEAD)).session.node, Household | Households)
    assert "Nguyễn Văn An" not in head.words(screen)


async def test_back_from_the_list_is_the_desk(head: Office) -> None:
    await head.desk.tap(HEAD, "Quay lại")
    assert isinstance((await head.desk.person(HEAD)).session.node, AtDesk)


async def test_a_hamlet_is_picked_by_letters_and_left_again(office: Office) -> None:
    desk = office.desk
    await become_head(office)
    await become_head_too(office, 4)
    await desk.tap(HEAD, "Danh sách hộ trong thôn")
    screen = await desk.type(HEAD, "mau")
    assert "Có 2 nơi khớp với “mau”" in office.words(screen)
    screen = await desk.type(HEAD, "thôn mẫu 3")
    assert "Chưa thấy nơi nào có chữ “thôn mẫu 3”" in office.words(screen)  # it is nobody's business here
    screen = await desk.tap(HEAD, "Trang đầu")
    assert "Thôn Mẫu 2 (xã Mẫu, tỉnh Mẫu)" in office.labels(screen)
    screen = await desk.type(HEAD, "2")
    assert "Danh sách hộ: Thôn Mẫu 2" in office.words(screen)
    assert (await desk.tap(HEAD, "Quay lại")).name == "desk"


async def test_an_officer_has_no_list_of_families(office: Office) -> None:
    await office.officer("cán bộ")
    screen = await office.desk.screen("cán bộ")
    assert "Danh sách hộ trong thôn" not in office.labels(screen)
    screen = await office.desk.type("cán bộ", "/thon")
    assert screen.name == "desk"
