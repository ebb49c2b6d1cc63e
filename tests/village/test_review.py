"""A village head reviews what was handed in: sees what waits, confirms one or many, returns a question."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogs.codec import encode_session
from bot.dialogs.facts import AssessmentState
from bot.dialogs.session import Question, Session
from bot.dialogs.village.nodes import Reviewing, ReviewSheet
from tests.services.desk import Desk
from tests.services.office import Office
from tests.village.reviewing import HEAD, Village


@pytest.fixture
async def village(desk: Desk, office: Office) -> Village:
    made = Village(desk, office)
    await made.head()
    return made


def alter(tmp_path: Path, statement: str, *parameters: object) -> None:
    """Change the records behind the product's back."""
    with closing(sqlite3.connect(tmp_path / "test.db")) as database, database:
        database.execute(statement, parameters)


async def at(village: Village, who: str = HEAD) -> Session:
    return (await village.desk.person(who)).session


# --- what waits -------------------------------------------------------------------------------------------------------


async def test_nothing_waits_at_first(village: Village) -> None:
    assert "không có phiếu nào chờ" in await village.review()
    assert await village.labels() == ["Họp thôn", "Quay lại", "Bàn làm việc"]


async def test_what_waits_is_counted_by_title(village: Village) -> None:
    await village.handed_in("Hoa", "Nam")
    await village.handed_in_quickly("Tư")
    seen = await village.review()
    assert "Có 3 phiếu đang chờ bình xét" in seen
    assert "Gia đình – Gia đình học tập: 2 phiếu" in seen
    assert "Gia đình – Chưa đạt: 1 phiếu" in seen
    labels = await village.labels()
    assert "Xác nhận 2 phiếu đã rõ" in labels
    assert "Xem 1 phiếu nên xem lại" in labels  # Tư answered within seconds


async def test_a_sheet_is_shown_answer_by_answer_with_its_authors(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    seen = await village.tap("Xem từng phiếu", "Hoa")
    assert "Gia đình: Hoa, năm 2026" in seen
    assert "Tạm tính: Gia đình học tập" in seen
    assert "PHIẾU MẪU" in seen
    seen = await village.tap("Xem từng câu", "Xem tiêu chí sau")
    assert "1. Người lớn biết chữ: 2/2 (100%)" in seen
    assert "Hoa trả lời, qua trang web" in seen
    assert "Căn cứ: QĐ 448/QĐ-KHVN, tiêu chí 2.1" in seen


async def test_a_number_opens_a_sheet_as_a_tap_does(village: Village) -> None:
    await village.handed_in("Hoa", "Nam")
    await village.review()
    await village.tap("Xem từng phiếu")
    assert "Gia đình: Nam" in await village.type("2")
    assert isinstance((await at(village)).node, ReviewSheet)


# --- confirming -------------------------------------------------------------------------------------------------------


async def test_one_sheet_after_the_other_is_confirmed(village: Village) -> None:
    await village.handed_in("Hoa", "Nam")
    await village.review()
    seen = await village.tap("Xem từng phiếu", "Hoa", "Xác nhận")
    assert "Đã xác nhận phiếu của Hoa." in seen
    assert "Gia đình: Nam" in seen
    seen = await village.tap("Xác nhận")
    assert "Hiện không có phiếu nào chờ" in seen
    assert [await village.state(who) for who in ("Hoa", "Nam")] == [AssessmentState.CONFIRMED] * 2


async def test_all_that_are_clean_are_confirmed_after_saying_which(village: Village) -> None:
    await village.handed_in("Hoa", "Nam")
    await village.families.register("Tư")
    await village.families.hand_in("Tư", is_best=True)
    await village.review()
    seen = await village.tap("Xác nhận 2 phiếu đã rõ")
    assert "Xác nhận 2 phiếu này?" in seen
    assert "Gia đình – Gia đình học tập: 2 phiếu" in seen
    assert "Còn 1 phiếu khác ở lại" in seen
    seen = await village.tap("Xác nhận 2 phiếu")
    assert "Đã xác nhận 2 phiếu." in seen
    states = [await village.state(who) for who in ("Hoa", "Nam", "Tư")]
    assert states == [AssessmentState.CONFIRMED, AssessmentState.CONFIRMED, AssessmentState.HANDED_IN]


async def test_what_comes_in_meanwhile_is_not_confirmed_unseen(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xác nhận 1 phiếu đã rõ")
    await village.handed_in("Nam")
    await village.tap("Xác nhận 1 phiếu")
    assert await village.state("Hoa") is AssessmentState.CONFIRMED
    assert await village.state("Nam") is AssessmentState.HANDED_IN


async def test_what_is_taken_back_meanwhile_stays_with_the_family(village: Village) -> None:
    await village.handed_in("Hoa", "Nam")
    await village.review()
    await village.tap("Xác nhận 2 phiếu đã rõ")
    await village.tap("Rút lại để sửa", who="Nam")
    seen = await village.tap("Xác nhận 2 phiếu")
    assert "Đã xác nhận 1 phiếu." in seen
    assert "1 phiếu vừa thay đổi" in seen
    assert await village.state("Nam") is AssessmentState.DRAFT


async def test_a_sheet_that_was_just_taken_back_says_so(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xem từng phiếu", "Hoa")
    await village.tap("Rút lại để sửa", who="Hoa")
    seen = await village.tap("Xác nhận")
    assert "Phiếu này đang được lấy về để sửa" in seen
    assert await village.state("Hoa") is AssessmentState.DRAFT
    assert "Xác nhận" not in await village.labels()


async def test_taking_back_and_confirming_at_the_same_time_ends_clearly(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xem từng phiếu", "Hoa")
    desk = village.desk
    taking = desk.update(await desk.press("Hoa", "Rút lại để sửa"), "Hoa")
    confirming = desk.update(await desk.press(HEAD, "Xác nhận"), HEAD)
    await desk.accept(taking, confirming)
    await desk.handle_all()
    assert await village.state("Hoa") is AssessmentState.DRAFT
    assert "Phiếu này đang được lấy về để sửa" in await village.seen()


async def test_two_heads_who_confirm_at_once_confirm_once(village: Village) -> None:
    await village.head("deputy")
    await village.handed_in("Hoa")
    desk = village.desk
    for who in (HEAD, "deputy"):
        await village.review(who)
        await village.tap("Xem từng phiếu", "Hoa", who=who)
    presses = [desk.update(await desk.press(who, "Xác nhận"), who) for who in (HEAD, "deputy")]
    await desk.accept(*presses)
    await desk.handle_all()
    assert await village.state("Hoa") is AssessmentState.CONFIRMED
    seen = [await village.seen(who) for who in (HEAD, "deputy")]
    assert sum("Đã xác nhận phiếu của Hoa." in each for each in seen) == 1
    assert sum("Phiếu này thôn đã xác nhận rồi." in each for each in seen) == 1


async def test_an_incomplete_sheet_is_not_confirmed(village: Village, tmp_path: Path) -> None:
    await village.handed_in("Hoa")
    alter(tmp_path, "DELETE FROM answer WHERE indicator = (SELECT max(indicator) FROM answer)")
    alter(tmp_path, "UPDATE assessment SET is_complete = 0")
    await village.review()
    seen = await village.tap("Xem từng phiếu", "Hoa", "Xác nhận")
    assert "còn câu chưa trả lời nên chưa xác nhận được" in seen
    assert await village.state("Hoa") is AssessmentState.HANDED_IN


# --- returning --------------------------------------------------------------------------------------------------------


async def test_a_question_is_returned_with_a_typed_reason_and_comes_back_changed(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xem từng phiếu", "Hoa", "Trả lại một câu")
    assert "Trả lại câu 3" in await village.type("3")
    seen = await village.type("Nhờ ghi rõ hơn giúp")
    assert "Đã trả lại câu 3 (Đọc, tìm hiểu thông tin) của Hoa." in seen
    assert await village.state("Hoa") is AssessmentState.RETURNED

    village.desk.clock.advance(60)
    assert await village.tick() == 1
    seen = await village.seen("Hoa")
    assert "nhờ Hoa xem lại câu 3 (Đọc, tìm hiểu thông tin)" in seen
    assert "Nhờ ghi rõ hơn giúp" in seen
    assert isinstance((await at(village, "Hoa")).node, Question)
    await village.type("2", who="Hoa")
    await village.type("nộp phiếu", who="Hoa")

    await village.review()
    assert "đã sửa sau khi được trả lại" in await village.tap("Xem từng phiếu")
    seen = await village.tap("Hoa")
    assert "Lần trước trả lại vì câu 3 (Đọc, tìm hiểu thông tin): Nhờ ghi rõ hơn giúp" in seen
    assert "Từ lúc trả lại đã sửa 1 câu: 3." in seen
    assert "Đã xác nhận phiếu của Hoa." in await village.tap("Xác nhận")


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Xem lại, có thể bấm nhầm", "Xin xem lại giúp câu này, có thể bấm nhầm."),
        ("Gửi thêm ảnh, giấy tờ", "Xin gửi thêm ảnh hoặc giấy tờ cho câu này."),
        ("Trả lời theo hiện nay", "Tình hình trong năm có thể đã khác"),
    ],
)
async def test_a_ready_reason_is_one_tap(village: Village, label: str, reason: str) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xem từng phiếu", "Hoa", "Trả lại một câu", "4", label)
    await village.tick()
    assert reason in await village.seen("Hoa")
    await village.tap("Có", who="Hoa")
    await village.type("nộp phiếu", who="Hoa")
    await village.review()
    assert reason in await village.tap("Xem từng phiếu", "Hoa")


async def test_a_confirmed_sheet_can_still_be_returned(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xác nhận 1 phiếu đã rõ", "Xác nhận 1 phiếu")
    await village.tap("Bốc mẫu kiểm tra lại", "Lấy 10 phiếu", "Hoa")
    assert "Phiếu này thôn đã xác nhận rồi." in await village.seen()
    await village.tap("Trả lại một câu", "4", "Gửi thêm ảnh, giấy tờ")
    assert await village.state("Hoa") is AssessmentState.RETURNED


async def test_a_reason_is_neither_a_command_nor_a_book(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xem từng phiếu", "Hoa", "Trả lại một câu", "4")
    assert "Lý do dài quá" in await village.type("rất " * 100)
    assert "Nhờ xem lại điều gì?" in await village.type("???")
    assert "Trả lại câu số mấy?" in await village.type("quay lại")
    assert "Gia đình: Hoa" in await village.type("quay lại")
    assert await village.state("Hoa") is AssessmentState.HANDED_IN


async def test_there_is_no_question_of_another_number(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xem từng phiếu", "Hoa", "Trả lại một câu")
    assert "từ 1 đến 9" in await village.type("12")


# --- samples ----------------------------------------------------------------------------------------------------------


async def test_a_sample_is_drawn_shown_with_its_seed_and_rechecked(village: Village) -> None:
    await village.handed_in("Hoa", "Nam", "Tư")
    await village.review()
    seen = await village.tap("Bốc mẫu kiểm tra lại")
    assert "trong 3 phiếu hộ đã nộp" in seen
    seen = await village.type("2 phiếu")
    assert "Đã bốc 2 phiếu trong 3 phiếu." in seen
    assert "Mẫu kiểm tra lại: 2 phiếu trong 3 phiếu, đã xong 0." in seen
    assert "số bốc" in seen
    drawn = [label for label in await village.labels() if label in ("Hoa", "Nam", "Tư")]
    assert len(drawn) == 2
    seen = await village.tap(drawn[0], "Kiểm tra lại: đúng")
    assert f"phiếu của {drawn[0]} kiểm tra lại thấy đúng" in seen
    assert "đã xong 1" in seen
    await village.tap(drawn[1], "Trả lại một câu", "1", "Gửi thêm ảnh, giấy tờ")
    await village.review()
    assert "Bốc mẫu kiểm tra lại" in await village.labels()
    assert await village.state(drawn[1]) is AssessmentState.RETURNED


async def test_some_percent_are_at_least_one(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Bốc mẫu kiểm tra lại")
    assert "Chưa rõ bao nhiêu phiếu" in await village.type("vài phiếu")
    assert "Đã bốc 1 phiếu trong 1 phiếu." in await village.tap("Lấy 5 phần trăm")


async def test_drawn_sheets_wait_for_a_look(village: Village) -> None:
    await village.handed_in("Hoa", "Nam")
    await village.review()
    await village.tap("Bốc mẫu kiểm tra lại", "Lấy 10 phiếu")
    assert "Còn 2 phiếu trong mẫu chưa kiểm tra lại." in await village.review()
    assert all("đã rõ" not in label for label in await village.labels())


# --- whose business it is ---------------------------------------------------------------------------------------------


async def test_the_head_of_another_hamlet_sees_nothing_of_it(village: Village, tmp_path: Path) -> None:
    await village.handed_in("Hoa")
    await village.head("neighbour", place_id=4)
    assert "không có phiếu nào chờ" in await village.review("neighbour")
    number = (await village.sheet("Hoa")).id
    for node in (ReviewSheet(number), Reviewing(3)):
        person = await village.desk.person("neighbour")
        stored = encode_session(replace(person.session, node=node))
        alter(tmp_path, "UPDATE person SET session = ? WHERE id = ?", stored, person.person_id)
        seen = await village.type("xin chào", who="neighbour")
        assert "Hoa" not in seen
        assert "Việc này không còn ở đây nữa." in seen


async def test_a_head_whose_role_ended_is_led_away(village: Village, tmp_path: Path) -> None:
    await village.handed_in("Hoa")
    await village.review()
    await village.tap("Xem từng phiếu", "Hoa")
    alter(tmp_path, "UPDATE role SET until = '2026-11-01'")
    await village.tap("Xác nhận")
    assert await village.state("Hoa") is AssessmentState.HANDED_IN
    assert "Việc này không còn ở đây nữa." in await village.seen()
