"""Two answers to one question: both are shown, the reviewer keeps one with a reason, and the other side is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.dialogs.codec import encode_answer
from bot.dialogs.facts import AssessmentState
from bot.scoring.model import YesNo
from tests.services.desk import Desk
from tests.services.office import Office
from tests.village.reviewing import HEAD, Village

FAMILY = "Hoa"


@pytest.fixture
async def village(desk: Desk, office: Office) -> Village:
    made = Village(desk, office)
    await made.head()
    await made.handed_in(FAMILY)
    return made


async def yes_no(village: Village) -> list[str]:
    """The yes-or-no questions of the family's sheet, in order."""
    record = await village.sheet(FAMILY)
    criteria = village.desk.rulebook.get(record.set_id, record.set_version)
    return [i.id for i in criteria.indicators if isinstance(record.answers.get(i.id), YesNo)]


async def differ(village: Village, tmp_path: Path, *indicators: str) -> None:
    """The village head said no where the family said yes."""
    record, head = await village.sheet(FAMILY), await village.desk.person(HEAD)
    with closing(sqlite3.connect(tmp_path / "test.db")) as database, database:
        for indicator in indicators:
            database.execute(
                "INSERT INTO difference (assessment_id, indicator, value, person_id, channel, side, at)"
                " VALUES (?, ?, ?, ?, 'telegram', 'head', '2026-11-21 02:00:00')",
                (record.id, indicator, encode_answer(YesNo(False)), head.person_id),
            )


async def test_both_answers_are_shown_with_who_and_when(village: Village, tmp_path: Path) -> None:
    seat, _ = await yes_no(village)
    await differ(village, tmp_path, seat)
    assert "Xem 1 phiếu nên xem lại" in (await village.review(), await village.labels())[1]
    assert "1 câu có hai câu trả lời khác nhau" in await village.tap("Xem 1 phiếu nên xem lại")
    assert "gia đình và trưởng thôn trả lời khác nhau" in await village.tap(FAMILY)
    seen = await village.tap("Hai câu trả lời khác nhau")
    assert "Câu 4: " in seen
    assert "Hoa trả lời, qua trang web" in seen
    assert "Trưởng thôn trả lời (Thôn Mẫu 1), qua Telegram, 09:00 21/11/2026" in seen
    assert "Giữ câu trả lời nào?" in seen


async def test_nothing_is_confirmed_before_it_is_decided(village: Village, tmp_path: Path) -> None:
    seat, _ = await yes_no(village)
    await differ(village, tmp_path, seat)
    await village.review()
    seen = await village.tap("Xem từng phiếu", FAMILY, "Xác nhận")
    assert "Xin quyết định câu đó trước" in seen
    assert await village.state(FAMILY) is AssessmentState.HANDED_IN


async def test_the_familys_answer_is_kept_with_a_ready_reason(village: Village, tmp_path: Path) -> None:
    seat, _ = await yes_no(village)
    await differ(village, tmp_path, seat)
    await village.review()
    await village.tap("Xem từng phiếu", FAMILY, "Hai câu trả lời khác nhau", "Giữ câu của gia đình")
    seen = await village.tap("Đã hỏi lại gia đình")
    assert "Đã giữ cho câu “Chỗ ngồi học”: Có. Lý do: Đã hỏi lại gia đình." in seen
    assert (await village.sheet(FAMILY)).answers[seat] == YesNo(True)
    assert await village.tick() == 0  # the head who decided has just read it
    assert "Đã xác nhận phiếu của Hoa." in await village.tap("Xác nhận")


async def test_the_heads_answer_is_kept_with_a_typed_reason_and_the_family_is_told(
    village: Village, tmp_path: Path
) -> None:
    seat, _ = await yes_no(village)
    await differ(village, tmp_path, seat)
    before = (await village.sheet(FAMILY)).total
    await village.review()
    await village.tap("Xem từng phiếu", FAMILY, "Hai câu trả lời khác nhau", "Giữ câu của trưởng thôn")
    seen = await village.type("Hôm đến thăm chưa thấy bàn học")
    assert "Chưa. Lý do: Hôm đến thăm chưa thấy bàn học" in seen
    sheet = await village.sheet(FAMILY)
    assert sheet.answers[seat] == YesNo(False)
    assert before is not None
    assert sheet.total == before - 8
    assert sheet.state is AssessmentState.HANDED_IN
    assert await village.tick() == 1
    seen = await village.seen(FAMILY)
    assert "Câu 4 (Chỗ ngồi học) của Hoa có hai câu trả lời khác nhau." in seen
    assert "Thôn đã giữ: Chưa. Lý do: Hôm đến thăm chưa thấy bàn học" in seen


async def test_one_difference_leads_to_the_next(village: Village, tmp_path: Path) -> None:
    await differ(village, tmp_path, *(await yes_no(village)))
    await village.review()
    await village.tap("Xem từng phiếu", FAMILY, "Hai câu trả lời khác nhau", "Giữ câu của gia đình")
    seen = await village.tap("Theo sổ của thôn")
    assert "Câu 8: " in seen
    seen = await village.tap("Giữ câu của gia đình", "Theo sổ của thôn")
    assert "Gia đình: Hoa" in seen
    assert "Hai câu trả lời khác nhau" not in await village.labels()


async def test_what_another_head_has_decided_is_not_decided_again(village: Village, tmp_path: Path) -> None:
    seat, _ = await yes_no(village)
    await village.head("deputy")
    await differ(village, tmp_path, seat)
    for who in (HEAD, "deputy"):
        await village.review(who)
        await village.tap("Xem từng phiếu", FAMILY, "Hai câu trả lời khác nhau", "Giữ câu của gia đình", who=who)
    await village.tap("Theo sổ của thôn")
    seen = await village.tap("Theo sổ của thôn", who="deputy")
    assert "Câu này đã được quyết định rồi." in seen
    assert "Gia đình: Hoa" in await village.tap("Xem phiếu", who="deputy")


async def test_a_command_is_no_reason(village: Village, tmp_path: Path) -> None:
    seat, _ = await yes_no(village)
    await differ(village, tmp_path, seat)
    await village.review()
    await village.tap("Xem từng phiếu", FAMILY, "Hai câu trả lời khác nhau", "Giữ câu của gia đình")
    assert "Giữ câu trả lời nào?" in await village.type("quay lại")
    assert "Gia đình: Hoa" in await village.type("quay lại")
